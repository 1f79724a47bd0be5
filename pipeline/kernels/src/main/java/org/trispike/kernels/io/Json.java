package org.trispike.kernels.io;

import java.util.List;
import java.util.Map;

/**
 * JSON (RFC 8259) as maps, lists, strings, numbers, booleans and null.
 *
 * <p>Reading is strict: no comments, no trailing commas or text, no key twice, no number that is
 * not finite, at most 64 levels. Objects become maps in the order of the text, numbers without
 * fraction and exponent Long where they fit, others Double. Writing keeps the order of the maps,
 * indents by two spaces, and refuses what reading would.
 */
public final class Json {
  /** Objects and arrays may be nested this deep. */
  public static final int DEPTH_LIMIT = 64;

  private Json() {}

  /** The value that {@code text} is. */
  public static Object parse(String text) throws JsonException {
    return new JsonReader(text).document();
  }

  /** The object that {@code text} is. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> parseObject(String text) throws JsonException {
    if (parse(text) instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new JsonException("The text is not a JSON object", false);
  }

  /** Maps, iterables, strings, numbers, booleans and nulls as indented text. */
  public static String write(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, "\n", 0);
    return out.append('\n').toString();
  }

  /** The same on one line. */
  public static String writeCompact(Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out, null, 0);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out, String newLine, int depth) {
    if (depth > DEPTH_LIMIT) {
      throw new IllegalArgumentException("JSON deeper than " + DEPTH_LIMIT + " levels");
    }
    if (value == null || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Number number) {
      writeNumber(number, out);
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      writeString(value.toString(), out);
    } else if (value instanceof Map<?, ?> map) {
      writeMap(map, out, newLine, depth);
    } else if (value instanceof List<?> list) {
      writeList(list, out, newLine, depth);
    } else {
      throw new IllegalArgumentException("No JSON for a " + value.getClass().getName());
    }
  }

  private static void writeNumber(Number number, StringBuilder out) {
    if (!Double.isFinite(number.doubleValue())) {
      throw new IllegalArgumentException("No JSON for the number " + number);
    }
    out.append(number);
  }

  private static void writeMap(Map<?, ?> map, StringBuilder out, String newLine, int depth) {
    String inner = newLine == null ? null : newLine + "  ";
    out.append('{');
    String separator = "";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator).append(inner == null ? "" : inner);
      writeString((String) entry.getKey(), out);
      out.append(newLine == null ? ":" : ": ");
      write(entry.getValue(), out, inner, depth + 1);
      separator = ",";
    }
    out.append(newLine == null || map.isEmpty() ? "" : newLine).append('}');
  }

  private static void writeList(List<?> list, StringBuilder out, String newLine, int depth) {
    // Lists of plain values stay on one line.
    boolean plain = list.stream().noneMatch(v -> v instanceof Map || v instanceof List);
    String inner = newLine == null || plain ? null : newLine + "  ";
    out.append('[');
    String separator = "";
    for (Object element : list) {
      out.append(separator).append(inner == null ? "" : inner);
      write(element, out, inner, depth + 1);
      separator = newLine != null && plain ? ", " : ",";
    }
    out.append(inner == null || list.isEmpty() ? "" : newLine).append(']');
  }

  private static void writeString(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // Escaping lone surrogates keeps the text valid UTF-8; escaping all is simplest.
          if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
            out.append(String.format(java.util.Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
