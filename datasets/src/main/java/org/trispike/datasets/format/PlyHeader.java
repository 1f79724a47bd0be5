package org.trispike.datasets.format;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a PLY file holds.
 *
 * @param format ascii, binary_little_endian or binary_big_endian
 * @param elements in the order of the file
 */
record PlyHeader(String format, List<PlyElement> elements) {
  private static final int MOST_BYTES = 1 << 16;
  private static final Pattern COUNT = Pattern.compile("\\d{1,15}");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  /** Reads the header and leaves {@code in} behind it. */
  static PlyHeader read(Source source, TextScanner in) throws CorruptInputException {
    source.check(in.skipWord("ply"), Reason.BAD_MAGIC, "It does not begin with ply");
    String format = "";
    List<PlyElement> elements = new ArrayList<>();
    while (true) {
      in.nextLine();
      source.check(in.more(), Reason.TRUNCATED, "The file ends in its header");
      int start = in.position();
      String line = in.restOfLine();
      source.check(in.position() < MOST_BYTES, Reason.BAD_HEADER, "Its header does not end");
      String[] words = SPACES.split(line);
      switch (words[0]) {
        case "format" -> format = format(source, words);
        case "element" -> elements.add(element(source, words, line));
        case "property" -> {
          source.check(!elements.isEmpty(), Reason.BAD_HEADER, "A property has no element");
          elements.get(elements.size() - 1).properties().add(property(source, words, line));
        }
        case "comment", "obj_info" -> {}
        case "end_header" -> {
          source.check(!format.isEmpty(), Reason.BAD_HEADER, "It does not name its format");
          source.check(!in.finished(), Reason.TRUNCATED, "The file ends with its header");
          in.nextLine();
          return new PlyHeader(format, elements);
        }
        default ->
            throw source.bad(
                Reason.BAD_HEADER, "Byte %s: unknown line '%s'", start, Source.brief(line));
      }
    }
  }

  private static String format(Source source, String[] words) throws CorruptInputException {
    String format = words.length > 1 ? words[1] : "";
    switch (format) {
      case "ascii", "binary_little_endian", "binary_big_endian" -> {
        return format;
      }
      default ->
          throw source.bad(Reason.BAD_HEADER, "'%s' is no known format", Source.brief(format));
    }
  }

  private static PlyElement element(Source source, String[] words, String line)
      throws CorruptInputException {
    if (words.length != 3 || !COUNT.matcher(words[2]).matches()) {
      throw source.bad(Reason.BAD_HEADER, "'%s' gives no name and count", Source.brief(line));
    }
    return new PlyElement(words[1], Long.parseLong(words[2]));
  }

  private static PlyElement.Property property(Source source, String[] words, String line)
      throws CorruptInputException {
    boolean list = words.length == 5 && words[1].equals("list");
    if (!list && words.length != 3) {
      throw source.bad(Reason.BAD_HEADER, "'%s' gives no type and name", Source.brief(line));
    }
    return list
        ? new PlyElement.Property(
            words[4], PlyType.of(source, words[2]), PlyType.of(source, words[3]))
        : new PlyElement.Property(words[2], null, PlyType.of(source, words[1]));
  }
}
