package org.trispike.training.classes;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;

/**
 * The classes to choose from, in their order.
 *
 * @param source the file, or words for where else they come from
 */
public record ClassList(String source, List<NamedClass> classes) {
  private static final String OTHER = "other";
  private static final String BESIDE = "classes.json";
  private static final long LIMIT = 64L << 20;

  public ClassList {
    Objects.requireNonNull(source);
    classes = List.copyOf(classes);
  }

  /** The file {@code classes.json} in the folder of a list of shapes, if there is one. */
  public static Optional<String> beside(Configuration conf, String triplets) {
    if (triplets.isEmpty()) {
      return Optional.empty();
    }
    Path folder = new Path(triplets).getParent();
    Path file = folder == null ? new Path(BESIDE) : new Path(folder, BESIDE);
    try {
      return ArtefactFolder.fileSystem(conf, file).exists(file)
          ? Optional.of(file.toString())
          : Optional.empty();
    } catch (IOException e) {
      throw UserError.environment("Cannot reach " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads a JSON object {@code {class: [name, …], …}}. The class itself is called what its key
   * says, with spaces for underscores, besides the names of the list.
   *
   * @throws UserError that names file and field, if it is missing or anything else
   */
  public static ClassList read(Configuration conf, String file) {
    return parse(file, text(conf, file));
  }

  /** The classes of this text. */
  static ClassList parse(String file, String text) {
    Map<String, Object> root;
    try {
      root = Json.parseObject(text);
    } catch (JsonException e) {
      throw new UserError(
          UserError.Kind.DATA,
          file + " is no JSON object {class: [name, …]}: " + e.getMessage() + ". Nothing was done",
          e);
    }
    if (root.isEmpty()) {
      throw bad(file, "it names no class");
    }
    List<NamedClass> classes = new ArrayList<>();
    Map<String, String> keys = new HashMap<>();
    for (Map.Entry<String, Object> entry : root.entrySet()) {
      String name = entry.getKey();
      if (name.isBlank()) {
        throw bad(file, "a class has the empty name");
      }
      String former = keys.putIfAbsent(key(name), name);
      if (former != null) {
        throw bad(file, "'" + former + "' and '" + name + "' are the same class");
      }
      classes.add(new NamedClass(name, withOwn(name, names(file, name, entry.getValue()))));
    }
    return new ClassList(file, classes);
  }

  /** What the class itself is called is one of its names, and the first. */
  private static List<String> withOwn(String name, List<String> names) {
    if (names.stream().anyMatch(other -> key(other).equals(key(name)))) {
      return names;
    }
    List<String> all = new ArrayList<>(List.of(key(name)));
    all.addAll(names);
    return all;
  }

  private static List<String> names(String file, String field, Object value) {
    if (!(value instanceof List<?> list) || list.isEmpty()) {
      throw bad(file, "'" + field + "' is no list of names, such as [\"chair\", \"seat\"]");
    }
    List<String> names = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Object item : list) {
      if (!(item instanceof String name)) {
        throw bad(file, "'" + field + "' holds " + item + ", which is no text");
      }
      if (name.isBlank()) {
        throw bad(file, "'" + field + "' holds an empty name");
      }
      if (!seen.add(key(name))) {
        throw bad(file, "'" + field + "' holds '" + name + "' twice");
      }
      names.add(name.strip());
    }
    return names;
  }

  /**
   * Each category as a class of its own name, in alphabetical order; {@code other} and "" are none.
   */
  public static ClassList ofCategories(Collection<String> categories) {
    Map<String, NamedClass> classes = new TreeMap<>();
    for (String category : categories) {
      if (labels(category)) {
        classes.putIfAbsent(key(category), ofName(category));
      }
    }
    return new ClassList("the categories", List.copyOf(classes.values()));
  }

  /** Each name as a class of its own, in the given order. */
  public static ClassList ofNames(List<String> names) {
    return new ClassList("names", names.stream().map(ClassList::ofName).toList());
  }

  private static NamedClass ofName(String name) {
    return new NamedClass(name, List.of(key(name)));
  }

  /** Whether a category says what a shape is. */
  public static boolean labels(String category) {
    return !category.isBlank() && !key(category).equals(OTHER);
  }

  /** What two spellings of one class have in common: {@code night_stand} is {@code night stand}. */
  public static String key(String name) {
    return name.replace('_', ' ').strip();
  }

  /** The place of the class that a category names, or −1. */
  public int indexOf(String category) {
    String key = key(category);
    for (int i = 0; labels(category) && i < classes.size(); i++) {
      if (key(classes.get(i).name()).equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private static String text(Configuration conf, String file) {
    Path path = new Path(file);
    try (InputStream in = ArtefactFolder.fileSystem(conf, path).open(path)) {
      byte[] bytes = in.readNBytes((int) LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw bad(file, "it has more than " + LIMIT + " bytes");
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA, "There is no file of classes " + file + "; nothing was done", e);
    } catch (CharacterCodingException e) {
      throw new UserError(UserError.Kind.DATA, file + " is not UTF-8 text; nothing was done", e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static UserError bad(String file, String what) {
    return UserError.data(
        file
            + ": "
            + what
            + "; a list of classes is {\"class\": [\"name\", …], …}. Nothing was done");
  }
}
