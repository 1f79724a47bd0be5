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
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.teacher.onnx.ClipTeacher;

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
   * @param config how {@code clip-onnx} is run here and, where it names files, where they lie now
   * @throws UserError if it is missing, damaged, or not the one it says it is
   */
  public static Teacher open(Configuration conf, String directory, TeacherConfig config) {
    ArtefactFolder folder = ArtefactFolder.of(conf, directory, MANIFEST);
    return read(
        folder,
        root ->
            of(
                root,
                () -> TowerFile.read(folder.read(TOWER)),
                () -> ClipTeacher.read(conf, root, config.clip())));
  }

  /**
   * The teacher {@code clip-onnx} of the files that the settings name, which no folder describes.
   *
   * @throws UserError if a file is missing, or is no tower of its kind
   */
  public static Teacher configured(Configuration conf, TeacherConfig config) {
    return ClipTeacher.of(conf, config.clip());
  }

  /**
   * The id of the teacher in a folder, without opening it.
   *
   * @throws UserError if there is none, or its manifest is damaged
   */
  public static String id(Configuration conf, String directory) {
    return read(ArtefactFolder.of(conf, directory, MANIFEST), root -> root.required("id").asText());
  }

  /** What the vectors of the teacher in a folder are. */
  static TeacherInfo info(ArtefactFolder folder, Precision precision) {
    return read(
        folder,
        root ->
            new TeacherInfo(
                root.required("id").asText(),
                root.required("kind").asText(),
                root.required("dimension").intValue(),
                precision));
  }

  /** Makes something of a manifest. */
  @FunctionalInterface
  private interface ManifestReader<T> {
    T of(JsonNode root) throws IOException;
  }

  private static <T> T read(ArtefactFolder folder, ManifestReader<T> reader) {
    try {
      return reader.of(parse(folder.read(MANIFEST)));
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

  /** Reads what a teacher has beside its manifest. */
  interface Part<T> {
    T read() throws IOException;
  }

  private static JsonNode parse(byte[] manifest) throws IOException {
    JsonNode root = MAPPER.readTree(manifest);
    if (root.required("format_version").intValue() != VERSION) {
      throw new IllegalArgumentException(
          "format_version is " + root.get("format_version") + ", this program reads " + VERSION);
    }
    return root;
  }

  /**
   * The teacher of a manifest.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Teacher of(byte[] manifest, Part<ImageTower> tower, Part<Teacher> clip)
      throws IOException {
    return of(parse(manifest), tower, clip);
  }

  private static Teacher of(JsonNode root, Part<ImageTower> tower, Part<Teacher> clip)
      throws IOException {
    Teacher teacher =
        switch (root.required("kind").asText()) {
          case EmbeddedTeacher.KIND -> new EmbeddedTeacher(tower.read());
          case PrecomputedTeacher.KIND -> precomputed(root);
          case ClipTeacher.KIND -> clip.read();
          default -> throw new IllegalArgumentException("its kind is " + root.get("kind").asText());
        };
    if (!teacher.id().equals(root.required("id").asText())) {
      teacher.close();
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
    } else if (teacher instanceof ClipTeacher clip) {
      clip.write(root);
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
