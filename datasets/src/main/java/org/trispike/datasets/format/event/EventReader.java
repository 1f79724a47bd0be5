package org.trispike.datasets.format.event;

import java.util.Set;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.Source;

/**
 * Reads a recording of an event camera of any known format, told by the extension of its file and,
 * for AEDAT, by its first line. Counters that wrap are continued where the format has them; a
 * recording that is out of order even so is sorted by time, with events of one time in the order of
 * the file.
 */
public final class EventReader {
  /** The extensions that are read, in lower case and without a dot. */
  public static final Set<String> EXTENSIONS =
      Set.of("aedat", "aedat4", "bin", "bs2", "bs3", "dat", "raw");

  private EventReader() {}

  /**
   * All events of a file, with every coordinate checked.
   *
   * @throws CorruptInputException if it cannot be used, with the reason
   */
  public static Events read(Source source) throws CorruptInputException {
    String extension = ShapeReader.extension(source.path());
    source.check(
        EXTENSIONS.contains(extension),
        Reason.UNSUPPORTED,
        "Recordings of events end in " + known() + ", not in '%s'",
        Source.brief(extension));
    byte[] bytes = source.bytes();
    return switch (extension) {
      case "aedat", "aedat4" -> aedat(source, bytes);
      case "bin" -> PackedReader.readBin(source, bytes);
      case "bs2" -> PackedReader.readBs2(source, bytes);
      case "bs3" -> PackedReader.readBs3(source, bytes);
      case "dat" -> DatReader.read(source, bytes);
      default -> RawReader.read(source, bytes);
    };
  }

  private static Events aedat(Source source, byte[] bytes) throws CorruptInputException {
    source.check(bytes.length > 0, Reason.EMPTY, "It has no bytes");
    String magic = "#!AER-DAT";
    source.check(
        TextHeader.begins(bytes, 0, magic),
        Reason.BAD_MAGIC,
        "It is no AEDAT file: it does not begin with %s",
        magic);
    if (TextHeader.begins(bytes, 0, Aedat4Reader.MAGIC)) {
      return Aedat4Reader.read(source, bytes);
    } else if (TextHeader.begins(bytes, 0, Aedat3Reader.MAGIC)) {
      return Aedat3Reader.read(source, bytes);
    }
    source.check(
        TextHeader.begins(bytes, 0, Aedat2Reader.MAGIC),
        Reason.UNSUPPORTED,
        "Of the AEDAT versions 2.0, 3.1 and 4.0 are read");
    return Aedat2Reader.read(source, bytes);
  }

  private static String known() {
    return String.join(", ", EXTENSIONS.stream().sorted().toList());
  }
}
