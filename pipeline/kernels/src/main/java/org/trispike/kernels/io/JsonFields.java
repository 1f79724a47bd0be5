package org.trispike.kernels.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.trispike.kernels.io.MalformedFileException.Reason;

/** Typed access to one JSON object; every fault names the file and the field's path. */
public final class JsonFields {
  private final String file;
  private final String path;
  private final Map<?, ?> fields;

  /**
   * @param file what messages call the text
   * @param path what stands before a field's name in messages, "" for the outermost object
   */
  public JsonFields(String file, String path, Map<?, ?> fields) {
    this.file = file;
    this.path = path;
    this.fields = fields;
  }

  /** The fault of the field {@code key}, to be thrown. */
  public MalformedFileException fail(Reason reason, String key, String message) {
    return new MalformedFileException(file, reason, path + key + " " + message);
  }

  private <T> T get(String key, Class<T> type, String what) throws MalformedFileException {
    Object value = fields.get(key);
    if (!type.isInstance(value)) {
      throw fail(Reason.BAD_FIELD, key, fields.containsKey(key) ? "is not " + what : "is missing");
    }
    return type.cast(value);
  }

  public String text(String key) throws MalformedFileException {
    return get(key, String.class, "a string");
  }

  public boolean bool(String key) throws MalformedFileException {
    return get(key, Boolean.class, "true or false");
  }

  public float number(String key) throws MalformedFileException {
    return (float) real(key);
  }

  /** In double precision. */
  public double real(String key) throws MalformedFileException {
    return get(key, Number.class, "a number").doubleValue();
  }

  public long wide(String key) throws MalformedFileException {
    return get(key, Long.class, "an integer");
  }

  public int integer(String key) throws MalformedFileException {
    long value = wide(key);
    if (value != (int) value) {
      throw fail(Reason.BAD_FIELD, key, "is " + value + ", beyond an int");
    }
    return (int) value;
  }

  public boolean isNull(String key) {
    return fields.get(key) == null;
  }

  public List<?> list(String key) throws MalformedFileException {
    return get(key, List.class, "a list");
  }

  public JsonFields object(String key) throws MalformedFileException {
    return new JsonFields(file, path + key + ".", get(key, Map.class, "an object"));
  }

  public List<JsonFields> objects(String key) throws MalformedFileException {
    List<JsonFields> objects = new ArrayList<>();
    for (Object element : list(key)) {
      if (!(element instanceof Map<?, ?> map)) {
        throw fail(Reason.BAD_FIELD, key, "holds something that is not an object");
      }
      objects.add(new JsonFields(file, path + key + "[" + objects.size() + "].", map));
    }
    return objects;
  }

  public List<String> texts(String key) throws MalformedFileException {
    List<String> texts = new ArrayList<>();
    for (Object element : list(key)) {
      if (!(element instanceof String text)) {
        throw fail(Reason.BAD_FIELD, key, "holds something that is not a string");
      }
      texts.add(text);
    }
    return texts;
  }

  /** All fields of this object, which must be strings. */
  public Map<String, String> allTexts() throws MalformedFileException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Object key : fields.keySet()) {
      texts.put((String) key, text((String) key));
    }
    return texts;
  }

  /** A constant's name as files have it: in lower case with dashes. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The constant whose {@link #word} this is. */
  public <E extends Enum<E>> E choice(String key, E[] constants) throws MalformedFileException {
    String word = text(key);
    for (E constant : constants) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    throw fail(Reason.BAD_FIELD, key, "has the unknown value " + word);
  }
}
