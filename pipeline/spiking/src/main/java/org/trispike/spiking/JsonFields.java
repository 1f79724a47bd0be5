package org.trispike.spiking;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trispike.spiking.MalformedFileException.Reason;

/** Typed access to one JSON object; every fault names the file and the field's path. */
final class JsonFields {
  private final String file;
  private final String path;
  private final Map<?, ?> fields;

  JsonFields(String file, String path, Map<?, ?> fields) {
    this.file = file;
    this.path = path;
    this.fields = fields;
  }

  MalformedFileException fail(Reason reason, String key, String message) {
    return new MalformedFileException(file, reason, path + key + " " + message);
  }

  private <T> T get(String key, Class<T> type, String what) throws MalformedFileException {
    Object value = fields.get(key);
    if (!type.isInstance(value)) {
      throw fail(Reason.BAD_FIELD, key, fields.containsKey(key) ? "is not " + what : "is missing");
    }
    return type.cast(value);
  }

  String text(String key) throws MalformedFileException {
    return get(key, String.class, "a string");
  }

  boolean bool(String key) throws MalformedFileException {
    return get(key, Boolean.class, "true or false");
  }

  float number(String key) throws MalformedFileException {
    return get(key, Number.class, "a number").floatValue();
  }

  int integer(String key) throws MalformedFileException {
    long value = get(key, Long.class, "an integer");
    if (value != (int) value) {
      throw fail(Reason.BAD_FIELD, key, "is " + value + ", beyond an int");
    }
    return (int) value;
  }

  boolean isNull(String key) {
    return fields.get(key) == null;
  }

  List<?> list(String key) throws MalformedFileException {
    return get(key, List.class, "a list");
  }

  JsonFields object(String key) throws MalformedFileException {
    return new JsonFields(file, path + key + ".", get(key, Map.class, "an object"));
  }

  List<JsonFields> objects(String key) throws MalformedFileException {
    List<JsonFields> objects = new ArrayList<>();
    for (Object element : list(key)) {
      if (!(element instanceof Map<?, ?> map)) {
        throw fail(Reason.BAD_FIELD, key, "holds something that is not an object");
      }
      objects.add(new JsonFields(file, path + key + "[" + objects.size() + "].", map));
    }
    return objects;
  }

  List<String> texts(String key) throws MalformedFileException {
    List<String> texts = new ArrayList<>();
    for (Object element : list(key)) {
      if (!(element instanceof String text)) {
        throw fail(Reason.BAD_FIELD, key, "holds something that is not a string");
      }
      texts.add(text);
    }
    return texts;
  }

  Map<String, String> allTexts() throws MalformedFileException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Object key : fields.keySet()) {
      texts.put((String) key, text((String) key));
    }
    return texts;
  }

  /** The constant whose name this is in lower case with dashes. */
  <E extends Enum<E>> E choice(String key, E[] constants) throws MalformedFileException {
    String word = text(key);
    for (E constant : constants) {
      if (ModelJson.word(constant).equals(word)) {
        return constant;
      }
    }
    throw fail(Reason.BAD_FIELD, key, "has the unknown value " + word);
  }
}
