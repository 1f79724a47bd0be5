package org.trispike.datasets.format.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.SafeXml;
import org.trispike.datasets.format.Source;

/**
 * The stream of events among the streams that an AEDAT4 file's description lists. That is XML:
 * nodes with attributes, of which outInfo/ID/typeIdentifier tells what stream ID holds and
 * outInfo/ID/info/sizeX and sizeY the size of its sensor.
 *
 * @param id the number that its packets carry
 * @param sensor if it is told
 */
record Aedat4Streams(int id, Optional<Sensor> sensor) {
  private static final String ROOT = "outInfo/";
  private static final String TYPE = "/typeIdentifier";

  static Aedat4Streams events(Source source, String xml) throws CorruptInputException {
    Map<String, String> attributes = attributes(source, xml);
    List<String> ids =
        attributes.entrySet().stream()
            .filter(e -> e.getKey().startsWith(ROOT) && e.getKey().endsWith(TYPE))
            .filter(e -> e.getValue().equals("EVTS"))
            .map(e -> e.getKey().substring(ROOT.length(), e.getKey().length() - TYPE.length()))
            .toList();
    source.check(!ids.isEmpty(), Reason.EMPTY, "It has no stream of events");
    source.check(
        ids.size() == 1, Reason.UNSUPPORTED, "It mixes the events of %s cameras", ids.size());
    String id = ids.get(0);
    boolean number = id.matches("\\d{1,9}");
    source.check(number, Reason.BAD_HEADER, "'%s' is no number of a stream", Source.brief(id));
    String width = attributes.get(ROOT + id + "/info/sizeX");
    String height = attributes.get(ROOT + id + "/info/sizeY");
    Optional<Sensor> sensor =
        width == null || height == null
            ? Optional.empty()
            : Optional.of(Sensor.declared(source, width, height));
    return new Aedat4Streams(Integer.parseInt(id), sensor);
  }

  /** The attributes by the names of their nodes and their key, with / between. */
  private static Map<String, String> attributes(Source source, String xml)
      throws CorruptInputException {
    // The JDK's own parser, whichever others lie on the class path; it fetches nothing.
    try {
      return attributes(source, SafeXml.open(xml));
    } catch (XMLStreamException e) {
      String message = String.valueOf(e.getMessage()).replace('\n', ' ');
      throw source.bad(Reason.BAD_HEADER, "Its description is no XML: %s", Source.brief(message));
    }
  }

  private static Map<String, String> attributes(Source source, XMLStreamReader in)
      throws XMLStreamException, CorruptInputException {
    Map<String, String> attributes = new TreeMap<>();
    List<String> nodes = new ArrayList<>();
    while (in.hasNext()) {
      int event = in.next();
      if (event == XMLStreamConstants.START_ELEMENT && in.getLocalName().equals("node")) {
        nodes.add(String.valueOf(in.getAttributeValue(null, "name")));
        source.check(
            nodes.size() <= source.limits().jsonDepth(),
            Reason.TOO_LARGE,
            "Its description nests %s nodes",
            nodes.size());
      } else if (event == XMLStreamConstants.END_ELEMENT && in.getLocalName().equals("node")) {
        nodes.remove(nodes.size() - 1);
      } else if (event == XMLStreamConstants.START_ELEMENT && in.getLocalName().equals("attr")) {
        String path = String.join("/", nodes) + "/" + in.getAttributeValue(null, "key");
        attributes.put(path, in.getElementText().strip());
      }
    }
    return attributes;
  }
}
