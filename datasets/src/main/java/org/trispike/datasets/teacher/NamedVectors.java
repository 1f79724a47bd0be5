package org.trispike.datasets.teacher;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.source.NpyMatrix;
import org.trispike.datasets.store.ArtefactFolder;

/** Names and their vectors, from a text file with a name a line and a .npy file beside it. */
final class NamedVectors {
  private NamedVectors() {}

  static SortedMap<String, float[]> read(Configuration conf, TeacherConfig config, int dimension) {
    SortedMap<String, float[]> named = new TreeMap<>();
    if (config.names().isEmpty()) {
      return named;
    }
    List<String> names =
        new String(bytes(conf, "teacher.names", config.names()), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty())
            .toList();
    List<float[]> vectors = vectors(conf, config.vectors());
    if (vectors.size() != names.size()) {
      throw UserError.data(
          config.names()
              + " has "
              + names.size()
              + " names, "
              + config.vectors()
              + " has "
              + vectors.size()
              + " vectors; nothing was written");
    }
    for (int i = 0; i < names.size(); i++) {
      named.put(names.get(i), checked(config.vectors(), vectors.get(i), i, dimension));
    }
    return named;
  }

  private static List<float[]> vectors(Configuration conf, String file) {
    try {
      return NpyMatrix.read(bytes(conf, "teacher.vectors", file));
    } catch (IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.DATA,
          "teacher.vectors: " + file + " cannot be used: " + e.getMessage(),
          e);
    }
  }

  private static float[] checked(String file, float[] vector, int row, int dimension) {
    double square = Vectors.dot(vector, vector);
    if (vector.length != dimension || !Double.isFinite(square) || square == 0) {
      throw UserError.data(
          "teacher.vectors: row "
              + row
              + " of "
              + file
              + " is no finite vector of length above 0"
              + " with the "
              + dimension
              + " numbers that the dataset's vectors have");
    }
    return vector;
  }

  private static byte[] bytes(Configuration conf, String key, String file) {
    Path path = new Path(file);
    try (InputStream in = ArtefactFolder.fileSystem(conf, path).open(path)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.DATA, key + ": cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
