package org.trispike.datasets.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.source.HadoopFiles;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.Layout;
import org.trispike.datasets.source.NpyMatrix;

/** Vectors that rows bring along, each as a .npy file of one row for each picture or text. */
final class InputVectors {
  private static final long MAX_BYTES = 1 << 26;
  private static final String KIND = "precomputed";

  /** Records that are tried until one tells the dimension. */
  private static final int PROBES = 100;

  private InputVectors() {}

  /** What the first row with vectors says about all of them. */
  static Optional<TeacherInfo> find(Configuration conf, ShardConfig config, List<InputRow> rows) {
    String root = config.root();
    if (config.layout() == Layout.OPENSHAPE) {
      return Optional.of(info(ofRecords(conf, root, config.limits(), rows)));
    }
    Optional<String> file =
        rows.stream()
            .map(row -> row.textEmbedding().isEmpty() ? row.imageEmbedding() : row.textEmbedding())
            .filter(name -> !name.isEmpty())
            .findFirst();
    return file.map(name -> info(dimension(conf, root, name)));
  }

  private static TeacherInfo info(int dimension) {
    return new TeacherInfo(KIND, KIND, dimension, Precision.FLOAT32);
  }

  /** Of the first record that can be read. */
  private static int ofRecords(
      Configuration conf, String root, Limits limits, List<InputRow> rows) {
    String fault = "it lists none";
    try {
      Contents contents = Contents.of(Layout.OPENSHAPE, new HadoopFiles(conf, root), limits);
      for (InputRow row : rows.subList(0, Math.min(rows.size(), PROBES))) {
        try {
          Content content = contents.read(row, 0);
          List<float[]> texts = content.textVectors();
          return (texts.isEmpty() ? content.imageVectors() : texts).get(0).length;
        } catch (CorruptInputException e) {
          fault = e.file() + ": " + e.getMessage();
        }
      }
    } catch (IOException e) {
      throw UserError.environment("Cannot reach " + root + ": " + e.getMessage(), e);
    }
    throw UserError.data(
        "None of the first "
            + Math.min(rows.size(), PROBES)
            + " records can be read; the last: "
            + fault
            + ". Check data.root. Nothing was written");
  }

  private static int dimension(Configuration conf, String root, String file) {
    try {
      return read(new HadoopFiles(conf, root), file, 0).get(0).length;
    } catch (CorruptInputException | IOException e) {
      throw new UserError(
          UserError.Kind.DATA,
          "The vectors of the first row that has some cannot be read: "
              + file
              + ": "
              + e.getMessage()
              + ". Nothing was written",
          e);
    }
  }

  /**
   * The unit vectors in a file, none for the name "".
   *
   * @param dimension that they must have, 0 for any
   */
  static List<float[]> read(SourceFiles files, String name, int dimension)
      throws CorruptInputException {
    if (name.isEmpty()) {
      return List.of();
    }
    List<float[]> vectors;
    try {
      vectors = NpyMatrix.read(files.read(name, MAX_BYTES));
    } catch (FileNotFoundException e) {
      throw new CorruptInputException(name, Reason.MISSING, "There is no such file");
    } catch (IOException | IllegalArgumentException e) {
      throw new CorruptInputException(
          name, Reason.CORRUPT_INPUT, "Vectors cannot be read: " + e.getMessage());
    }
    if (vectors.isEmpty()) {
      throw new CorruptInputException(name, Reason.EMPTY, "It holds no vector");
    }
    check(name, vectors, dimension);
    return vectors;
  }

  /** Checks vectors and brings them to length one. */
  static void check(String name, List<float[]> vectors, int dimension)
      throws CorruptInputException {
    for (int i = 0; i < vectors.size(); i++) {
      check(name, vectors.get(i), i, dimension);
    }
  }

  /** Checks a vector and brings it to length one. */
  private static void check(String name, float[] vector, int row, int dimension)
      throws CorruptInputException {
    if (dimension > 0 && vector.length != dimension) {
      throw new CorruptInputException(
          name,
          Reason.BAD_ROW,
          "Its vectors have " + vector.length + " numbers, those of other rows " + dimension);
    }
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    if (!Double.isFinite(square)) {
      throw new CorruptInputException(
          name, Reason.NOT_FINITE, "Vector " + row + " holds NaN or infinity");
    }
    if (square == 0) {
      throw new CorruptInputException(name, Reason.BAD_ROW, "Vector " + row + " has length zero");
    }
    double length = Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (vector[i] / length);
    }
  }
}
