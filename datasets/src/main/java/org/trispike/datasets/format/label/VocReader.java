package org.trispike.datasets.format.label;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Guard;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.SafeXml;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.Utf8;

/** Reads {@link VocAnnotation}. Declarations of types and entities are refused. */
final class VocReader {
  private final Source source;
  private final List<VocObject> objects = new ArrayList<>();

  /** Texts by the path of their element: those of the picture and of the object at hand. */
  private final Map<String, String> texts = new HashMap<>();

  private int clipped;

  VocReader(Source source) {
    this.source = source;
  }

  /** The JDK's own, whatever else is on the class path. */
  VocAnnotation read() throws CorruptInputException {
    // Decoded here: the parser would print what is no UTF-8 to the error stream.
    String text = Utf8.read(source);
    return Guard.run(
        source.path(),
        Reason.BAD_ROW,
        "Reading its XML",
        () -> {
          try {
            XMLStreamReader xml = SafeXml.open(text);
            walk(xml);
          } catch (XMLStreamException e) {
            throw source.bad(
                Reason.BAD_ROW,
                "It is no XML: %s",
                Source.brief(e.getMessage().replace('\n', ' ')));
          }
          int width = whole("annotation/size/width");
          int height = whole("annotation/size/height");
          return new VocAnnotation(text("annotation/filename"), width, height, objects, clipped);
        });
  }

  private void walk(XMLStreamReader xml) throws XMLStreamException, CorruptInputException {
    Deque<String> path = new ArrayDeque<>();
    StringBuilder text = new StringBuilder();
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          String parent = path.isEmpty() ? "" : path.peek() + "/";
          path.push(parent + xml.getLocalName());
          source.check(
              path.size() <= source.limits().jsonDepth(),
              Reason.TOO_LARGE,
              "Its XML is deeper than %s",
              source.limits().jsonDepth());
          text.setLength(0);
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(xml.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          end(path.pop(), text.toString().strip());
          text.setLength(0);
        }
        case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
            throw source.bad(Reason.UNSUPPORTED, "Its XML declares or uses entities");
        default -> {}
      }
    }
  }

  private void end(String path, String text) throws CorruptInputException {
    if (path.equals("annotation/object")) {
      objects.add(object());
      texts.keySet().removeIf(key -> key.startsWith(path));
    } else if (!text.isEmpty()) {
      texts.put(path, text);
    }
  }

  private VocObject object() throws CorruptInputException {
    String root = "annotation/object/";
    double left = number(root + "bndbox/xmin");
    double top = number(root + "bndbox/ymin");
    double right = number(root + "bndbox/xmax");
    double bottom = number(root + "bndbox/ymax");
    source.check(
        right >= left && bottom >= top,
        Reason.BAD_ROW,
        "The box of object %s ends before it begins",
        objects.size());
    String category = text(root + "name");
    Box2d box = new Box2d(left - 1, top - 1, right - left + 1, bottom - top + 1, category);
    int width = whole("annotation/size/width");
    int height = whole("annotation/size/height");
    if (!box.within(width, height)) {
      clipped++;
      box = box.clipped(width, height);
    }
    return new VocObject(
        box,
        texts.getOrDefault(root + "pose", ""),
        texts.getOrDefault(root + "truncated", "0").equals("1"),
        texts.getOrDefault(root + "difficult", "0").equals("1"));
  }

  private String text(String path) throws CorruptInputException {
    String text = texts.get(path);
    source.check(text != null, Reason.BAD_ROW, "It has no %s", path);
    return text;
  }

  private double number(String path) throws CorruptInputException {
    String text = text(path);
    try {
      double value = Double.parseDouble(text);
      source.check(Double.isFinite(value), Reason.NOT_FINITE, "Its %s is not finite", path);
      return value;
    } catch (NumberFormatException e) {
      throw source.bad(Reason.BAD_ROW, "Its %s is no number: '%s'", path, Source.brief(text));
    }
  }

  private int whole(String path) throws CorruptInputException {
    double value = number(path);
    source.check(
        value >= 1 && value <= source.limits().imageSide() && value == Math.rint(value),
        Reason.BAD_ROW,
        "Its %s is no number of pixels",
        path);
    return (int) value;
  }
}
