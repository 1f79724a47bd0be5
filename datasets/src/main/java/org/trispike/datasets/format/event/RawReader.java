package org.trispike.datasets.format.event;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** Reads Prophesee's .raw files, whose header tells the encoding: EVT 2.0 or EVT 3.0. */
final class RawReader {
  private RawReader() {}

  static Events read(Source source, byte[] bytes) throws CorruptInputException {
    PropheseeHeader header = PropheseeHeader.read(source, bytes);
    String encoding =
        header
            .value("format")
            .or(() -> header.value("evt").map(version -> "EVT" + version))
            .orElse("")
            .toUpperCase(Locale.ROOT);
    ByteBuffer data =
        ByteBuffer.wrap(bytes, header.end(), bytes.length - header.end())
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN);
    EventBuffer events =
        switch (encoding) {
          case "EVT2", "EVT2.0" -> Evt2Decoder.decode(source, data);
          case "EVT3", "EVT3.0" -> Evt3Decoder.decode(source, data);
          default ->
              throw source.bad(
                  Reason.UNSUPPORTED,
                  "Its encoding is '%s'; EVT2 and EVT3 are read",
                  Source.brief(encoding));
        };
    return header.events(source, events);
  }

  static void whole(Source source, ByteBuffer data, int word) throws CorruptInputException {
    source.check(
        data.remaining() % word == 0,
        Reason.TRUNCATED,
        "Its %s bytes of data end within a word of %s bytes",
        data.remaining(),
        word);
  }
}
