package org.trispike.datasets.teacher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.UserError;
import org.trispike.kernels.io.Sha256;

/**
 * A teacher that is known by its vectors alone: those that the input holds for its rows, and those
 * of a list of names, e.g. of classes.
 */
final class PrecomputedTeacher implements Teacher {
  static final String KIND = "precomputed";

  private final int dimension;
  private final SortedMap<String, float[]> names;
  private final String id;

  /**
   * @param names the vector of each name, maybe none; brought to length one
   */
  PrecomputedTeacher(int dimension, SortedMap<String, float[]> names) {
    this.dimension = dimension;
    SortedMap<String, float[]> units = new TreeMap<>();
    MessageDigest digest = Sha256.digest();
    names.forEach(
        (name, vector) -> {
          float[] unit = Vectors.normalize(vector.clone());
          units.put(name, unit);
          digest.update(name.getBytes(StandardCharsets.UTF_8));
          ByteBuffer bytes = ByteBuffer.allocate(4 * unit.length);
          bytes.asFloatBuffer().put(unit);
          digest.update(bytes.array());
        });
    this.names = Collections.unmodifiableSortedMap(units);
    this.id = KIND + "-" + dimension + "-" + Sha256.hex(digest).substring(0, 16);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int dimension() {
    return dimension;
  }

  SortedMap<String, float[]> names() {
    return names;
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return texts.stream().map(this::embedText).toArray(float[][]::new);
  }

  private float[] embedText(String text) {
    float[] vector = names.get(text);
    if (vector == null) {
      throw UserError.usage(
          "The precomputed teacher has no vector for '"
              + text
              + "'; it knows "
              + names.size()
              + " names. Add it to teacher.names and its row to teacher.vectors, then run embed"
              + " again");
    }
    return vector.clone();
  }

  @Override
  public float[][] embedImages(List<byte[]> images) {
    throw UserError.usage(
        "The precomputed teacher cannot look at pictures; their vectors come with the input");
  }

  @Override
  public void close() {}
}
