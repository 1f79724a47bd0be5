package org.trispike.datasets.teacher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.BoundedJson;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.store.ArtefactFolder;

/**
 * Teachers on disk: the folder {@code teacher/} of an embedded dataset holds {@code teacher.json},
 * written last, and {@code image-tower.bin} where there is one.
 */
public final class Teachers {
  /** The teacher's folder in its dataset. */
  public static final String FOLDER = "teacher";

  private static final String MANIFEST = "teacher.json";
  private static final String TOWER = "image-tower.bin";
  private static final int VERSION = 1;
  private static final ObjectMapper MAPPER =
      BoundedJson.mapper(Limits.defaults().jsonDepth()).enable(SerializationFeature.INDENT_OUTPUT);

  private Teachers() {}

  /**
   * Opens the teacher that a dataset was embedded by.
   *
   * @param directory the folder {@code teacher/} of the dataset
   * @throws UserError if it is missing, damaged, or not the one it says it is
   */
  public static Teacher open(Configuration conf, String directory) {
    return open(ArtefactFolder.of(conf, directory, MANIFEST));
  }

  static Teacher open(ArtefactFolder folder) {
    try {
      return parse(folder.read(MANIFEST), () -> TowerFile.read(folder.read(TOWER)));
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA, folder.root() + " holds no teacher: run embed first", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.DATA,
          folder.root() + " holds no teacher that can be used: " + e.getMessage(),
          e);
    }
  }

  /** Reads the tower of a teacher that has one. */
  interface TowerReading {
    ImageTower read() throws IOException;
  }

  /**
   * The teacher of a manifest.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Teacher parse(byte[] manifest, TowerReading tower) throws IOException {
    JsonNode root = MAPPER.readTree(manifest);
    if (root.required("format_version").intValue() != VERSION) {
      throw new IllegalArgumentException(
          "format_version is " + root.get("format_version") + ", this program reads " + VERSION);
    }
    Teacher teacher =
        switch (root.required("kind").asText()) {
          case EmbeddedTeacher.KIND -> new EmbeddedTeacher(tower.read());
          case PrecomputedTeacher.KIND -> precomputed(root);
          default -> throw new IllegalArgumentException("its kind is " + root.get("kind").asText());
        };
    if (!teacher.id().equals(root.required("id").asText())) {
      throw new IllegalArgumentException(
          "it is " + teacher.id() + ", not " + root.get("id").asText());
    }
    return teacher;
  }

  /** Whether a folder holds a teacher; {@link #open} says whether it can be used. */
  public static boolean isAt(Configuration conf, String directory) {
    ArtefactFolder folder = ArtefactFolder.of(conf, directory, MANIFEST);
    try {
      return exists(folder);
    } catch (IOException e) {
      throw UserError.environment("Cannot look at " + directory + ": " + e.getMessage(), e);
    }
  }

  static boolean exists(ArtefactFolder folder) throws IOException {
    return folder.exists(MANIFEST);
  }

  static ArtefactFolder folder(Configuration conf, String dataset) {
    return ArtefactFolder.of(conf, dataset + "/" + FOLDER, MANIFEST);
  }

  static void write(ArtefactFolder folder, Teacher teacher) throws IOException {
    ObjectNode root =
        MAPPER
            .createObjectNode()
            .put("format_version", VERSION)
            .put("id", teacher.id())
            .put("kind", teacher.kind())
            .put("dimension", teacher.dimension());
    if (teacher instanceof EmbeddedTeacher embedded) {
      folder.write(TOWER, TowerFile.write(embedded.tower()));
    } else if (teacher instanceof PrecomputedTeacher precomputed) {
      ObjectNode names = root.putObject("names");
      precomputed
          .names()
          .forEach(
              (name, vector) -> {
                ArrayNode values = names.putArray(name);
                for (float value : vector) {
                  values.add(value);
                }
              });
    }
    folder.publish(MAPPER.writeValueAsBytes(root));
  }

  private static Teacher precomputed(JsonNode root) {
    int dimension = root.required("dimension").intValue();
    if (dimension < 1) {
      throw new IllegalArgumentException("its dimension is " + dimension);
    }
    SortedMap<String, float[]> names = new TreeMap<>();
    root.required("names")
        .fields()
        .forEachRemaining(
            entry ->
                names.put(entry.getKey(), vector(entry.getKey(), entry.getValue(), dimension)));
    return new PrecomputedTeacher(dimension, names);
  }

  private static float[] vector(String name, JsonNode values, int dimension) {
    if (values.size() != dimension) {
      throw new IllegalArgumentException(
          "the vector of '" + name + "' has " + values.size() + " numbers, not " + dimension);
    }
    float[] vector = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      vector[i] = values.required(i).floatValue();
    }
    return vector;
  }
}
