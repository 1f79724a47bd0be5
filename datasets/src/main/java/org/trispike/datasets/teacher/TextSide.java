package org.trispike.datasets.teacher;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;

/**
 * The text side of a teacher without its image side: all that the names of classes need. Safe for
 * concurrent use.
 */
public interface TextSide extends AutoCloseable {

  /** Changes whenever a text's vector would. */
  String id();

  /** Numbers in a vector. */
  int dimension();

  /** The unit vector of a text. */
  float[] embed(String text);

  /**
   * Multiply-accumulates that the text tower needs for a text, all its layers together; none if its
   * layers are not known.
   */
  OptionalLong macs(String text);

  /** Tokens of a text; none if the tower is not known. */
  OptionalLong tokens(String text);

  /** Weights that are multiplied for each token; none if they are not known. */
  OptionalLong weights();

  /** That of the teacher {@code embedded}, which comes along; loaded when it is first used. */
  static TextSide embedded() {
    return new EmbeddedTextSide();
  }

  /**
   * That of the teacher {@code precomputed}: the vectors of {@code teacher.names}.
   *
   * @throws UserError if the files cannot be read, or their vectors have another dimension
   */
  static TextSide precomputed(Configuration conf, TeacherConfig config, int dimension) {
    SortedMap<String, float[]> names = NamedVectors.read(conf, config, dimension);
    return new TeacherTextSide(new PrecomputedTeacher(dimension, names));
  }

  /** That of a teacher that is open, which it closes. */
  static TextSide of(Teacher teacher) {
    return teacher instanceof EmbeddedTeacher ? embedded() : new TeacherTextSide(teacher);
  }

  /** Vectors of several texts. */
  default List<float[]> embedAll(List<String> texts) {
    return texts.stream().map(this::embed).toList();
  }

  @Override
  default void close() {}
}
