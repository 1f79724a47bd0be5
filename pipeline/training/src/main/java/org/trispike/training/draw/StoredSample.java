package org.trispike.training.draw;

import java.util.List;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.Triplet;

/**
 * A row of a dataset as it waits in memory for its draws.
 *
 * @param images the teacher's vectors of its pictures
 * @param texts the teacher's vectors of its own texts
 * @param categories those of its category's name: one, or none
 */
record StoredSample(
    String id,
    PackedCloud cloud,
    List<float[]> images,
    List<float[]> texts,
    List<float[]> categories) {

  static StoredSample of(Triplet triplet) {
    if (triplet.points().points() == 0) {
      throw UserError.data("Shape " + triplet.id() + " has no points; make the dataset again");
    }
    return new StoredSample(
        triplet.id(),
        PackedCloud.of(triplet.points()),
        triplet.imageEmbeddings(),
        texts(triplet),
        categories(triplet));
  }

  /** The vectors of a row's own texts. */
  static List<float[]> texts(Triplet triplet) {
    return vectors(triplet, false);
  }

  /** The vector of its category's name: one, or none. */
  static List<float[]> categories(Triplet triplet) {
    return vectors(triplet, true);
  }

  private static List<float[]> vectors(Triplet triplet, boolean category) {
    List<float[]> all = triplet.textEmbeddings();
    return java.util.stream.IntStream.range(0, all.size())
        .filter(i -> triplet.texts().get(i).source().equals(Caption.CATEGORY) == category)
        .mapToObj(all::get)
        .toList();
  }

  long bytes() {
    long vectors = images.size() + texts.size() + categories.size();
    long width = vectors == 0 ? 0 : 16 + 4L * anyVector().length;
    return 200 + cloud.bytes() + vectors * width;
  }

  private float[] anyVector() {
    return !images.isEmpty() ? images.get(0) : !texts.isEmpty() ? texts.get(0) : categories.get(0);
  }
}
