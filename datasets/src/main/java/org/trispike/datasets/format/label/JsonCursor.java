package org.trispike.datasets.format.label;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.util.Arrays;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Guard;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Walks through a JSON file without building a tree of it. Whoever is called with a field or an
 * element takes its whole value.
 */
final class JsonCursor {
  /** Takes the value of a field. */
  @FunctionalInterface
  interface Fields {
    void field(String name) throws IOException, CorruptInputException;
  }

  /** Takes an element of a list. */
  @FunctionalInterface
  interface Elements {
    void element() throws IOException, CorruptInputException;
  }

  /** Takes the fields of the object that a file is. */
  @FunctionalInterface
  interface Root {
    Fields fields(JsonCursor json);
  }

  private final Source source;
  private final JsonParser parser;

  private JsonCursor(Source source, JsonParser parser) {
    this.source = source;
    this.parser = parser;
  }

  /** Walks through a file. */
  static void read(Source source, Root root) throws CorruptInputException {
    byte[] bytes = source.bytes();
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(source.limits().jsonDepth())
                    .build())
            .build();
    Guard.run(
        source.path(),
        Reason.BAD_ROW,
        "Reading its JSON",
        () -> {
          try (JsonParser parser = factory.createParser(bytes)) {
            JsonCursor json = new JsonCursor(source, parser);
            parser.nextToken();
            json.object("The file", root.fields(json));
            json.check(parser.nextToken() == null, "Something stands behind its object");
            return json;
          } catch (JsonEOFException e) {
            throw source.bad(Reason.TRUNCATED, "Its JSON ends too early");
          } catch (StreamConstraintsException e) {
            throw source.bad(Reason.TOO_LARGE, "Its JSON: %s", e.getOriginalMessage());
          }
        });
  }

  /** The object that stands here. */
  void object(String what, Fields fields) throws IOException, CorruptInputException {
    check(parser.currentToken() == JsonToken.START_OBJECT, what + " is no object");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      parser.nextToken();
      fields.field(name);
    }
  }

  /** The list that stands here. */
  void list(String what, Elements elements) throws IOException, CorruptInputException {
    check(atList(), what + " is no list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      elements.element();
    }
  }

  /** The list of objects that stands here. */
  void objects(String what, Elements start, Fields fields, Elements end)
      throws IOException, CorruptInputException {
    list(
        what,
        () -> {
          start.element();
          object("An element of " + what, fields);
          end.element();
        });
  }

  boolean atList() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  boolean atText() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  boolean atNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Passes over the value that stands here. */
  void skip() throws IOException {
    parser.skipChildren();
  }

  String text(String what) throws IOException, CorruptInputException {
    check(atText(), what + " is no text");
    return parser.getText();
  }

  double number(String what) throws IOException, CorruptInputException {
    check(parser.currentToken().isNumeric(), what + " is no number");
    double value = parser.getDoubleValue();
    if (!Double.isFinite(value)) {
      throw bad(Reason.NOT_FINITE, what + " is not finite");
    }
    return value;
  }

  long whole(String what, long least, long most) throws IOException, CorruptInputException {
    double value = number(what);
    check(
        value == Math.rint(value) && value >= least && value <= most,
        what + " is no whole number in " + least + ".." + most);
    return (long) value;
  }

  /** Numbers in a list. */
  double[] numbers(String what) throws IOException, CorruptInputException {
    double[][] out = {new double[16]};
    int[] size = {0};
    list(
        what,
        () -> {
          if (size[0] == out[0].length) {
            out[0] = Arrays.copyOf(out[0], 2 * size[0]);
          }
          out[0][size[0]++] = number(what);
        });
    return Arrays.copyOf(out[0], size[0]);
  }

  void check(boolean ok, String message) throws CorruptInputException {
    if (!ok) {
      throw bad(Reason.BAD_ROW, message);
    }
  }

  /** A fault of what was read last. */
  CorruptInputException bad(Reason reason, String message) {
    long at = parser.currentTokenLocation().getByteOffset();
    return source.bad(reason, "Byte %s: %s", at, message);
  }
}
