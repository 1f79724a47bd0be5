package org.trispike.kernels.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Recursive descent over one text. */
final class JsonReader {
  private final String text;
  private int at;
  private int depth;

  JsonReader(String text) {
    this.text = text;
  }

  Object document() throws JsonException {
    Object value = value();
    skipSpace();
    if (at < text.length()) {
      throw fail("Text after the value");
    }
    return value;
  }

  private Object value() throws JsonException {
    skipSpace();
    char c = peek();
    return switch (c) {
      case '{' -> nested(this::object);
      case '[' -> nested(this::array);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private interface Part {
    Object read() throws JsonException;
  }

  private Object nested(Part part) throws JsonException {
    if (++depth > Json.DEPTH_LIMIT) {
      throw fail("More than " + Json.DEPTH_LIMIT + " levels");
    }
    at++;
    Object value = part.read();
    depth--;
    return value;
  }

  private Map<String, Object> object() throws JsonException {
    Map<String, Object> map = new LinkedHashMap<>();
    skipSpace();
    if (peek() == '}') {
      at++;
      return map;
    }
    while (true) {
      skipSpace();
      if (peek() != '"') {
        throw fail("A key in quotes is missing");
      }
      int keyAt = at;
      String key = string();
      skipSpace();
      expect(':');
      Object value = value();
      if (map.containsKey(key)) {
        throw new JsonException("Key \"" + key + "\" occurs twice, at position " + keyAt, true);
      }
      map.put(key, value);
      skipSpace();
      if (peek() == '}') {
        at++;
        return map;
      }
      expect(',');
    }
  }

  private List<Object> array() throws JsonException {
    List<Object> list = new ArrayList<>();
    skipSpace();
    if (peek() == ']') {
      at++;
      return list;
    }
    while (true) {
      list.add(value());
      skipSpace();
      if (peek() == ']') {
        at++;
        return list;
      }
      expect(',');
    }
  }

  private String string() throws JsonException {
    StringBuilder out = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return out.toString();
      }
      if (c < 0x20) {
        throw fail("A control character inside a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() throws JsonException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw fail("An unknown escape");
    };
  }

  private char unicode() throws JsonException {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw fail("An escape without four hexadecimal digits");
      }
      code = code << 4 | digit;
      at++;
    }
    return (char) code;
  }

  private Object word(String word, Object value) throws JsonException {
    if (!text.startsWith(word, at)) {
      throw fail("An unknown word");
    }
    at += word.length();
    return value;
  }

  private Object number() throws JsonException {
    int from = at;
    if (peek() == '-') {
      at++;
    }
    int integerAt = at;
    int digits = digits();
    if (digits == 0 || (digits > 1 && text.charAt(integerAt) == '0')) {
      at = from;
      throw fail("A value is missing or not JSON");
    }
    boolean whole = true;
    if (at < text.length() && text.charAt(at) == '.') {
      whole = false;
      at++;
      requireDigits();
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      whole = false;
      at++;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      requireDigits();
    }
    String number = text.substring(from, at);
    if (whole && digits <= 18) {
      return Long.parseLong(number);
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw fail("A number that is too large");
    }
    return value;
  }

  private void requireDigits() throws JsonException {
    if (digits() == 0) {
      throw fail("A digit is missing");
    }
  }

  private int digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at - from;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws JsonException {
    if (at >= text.length()) {
      throw fail("The text ends early");
    }
    return text.charAt(at);
  }

  private void expect(char c) throws JsonException {
    if (peek() != c) {
      throw fail("A '" + c + "' is missing");
    }
    at++;
  }

  private JsonException fail(String what) {
    return new JsonException(what + ", at position " + at, false);
  }
}
