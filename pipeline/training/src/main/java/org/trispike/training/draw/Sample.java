package org.trispike.training.draw;

import java.util.List;
import org.trispike.kernels.KeyedRandom;

/**
 * One drawn sample.
 *
 * @param xyz [points · 3]
 * @param rgb [points · 3]
 * @param text the teacher's vector of the drawn caption, or null
 * @param image the teacher's vector of the drawn picture, or null
 */
@SuppressWarnings("ArrayRecordComponent") // made, read and dropped within one step
record Sample(float[] xyz, float[] rgb, float[] text, float[] image) {

  /** The draw of a sample in an epoch: a pure function of (seed, epoch, id). */
  static Sample draw(DrawConfig config, StoredSample stored, long epoch) {
    KeyedRandom random = KeyedRandom.of(config.seed(), epoch, KeyedRandom.hash(stored.id()));
    // Each part has a stream of its own, so that switching one on leaves the others as they were.
    KeyedRandom cloud = KeyedRandom.of(random.nextLong());
    KeyedRandom caption = KeyedRandom.of(random.nextLong());
    KeyedRandom picture = KeyedRandom.of(random.nextLong());
    KeyedRandom changes = KeyedRandom.of(random.nextLong());
    int points = Math.min(config.points(), stored.cloud().points());
    int remaining = config.augmentation().remaining(points, changes);
    float[] xyz = new float[3 * remaining];
    float[] rgb = new float[3 * remaining];
    subset(stored.cloud(), remaining, xyz, rgb, cloud);
    config.augmentation().apply(xyz, rgb, changes);
    float[] text = text(config, stored.texts(), stored.categories(), caption);
    return new Sample(xyz, rgb, text, any(stored.images(), picture));
  }

  /** A uniform choice without replacement: the head of a Fisher-Yates shuffle. */
  private static void subset(
      PackedCloud cloud, int count, float[] xyz, float[] rgb, KeyedRandom random) {
    int[] index = new int[cloud.points()];
    for (int i = 0; i < index.length; i++) {
      index[i] = i;
    }
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(index.length - i);
      int chosen = index[other];
      index[other] = index[i];
      cloud.copy(chosen, xyz, rgb, i);
    }
  }

  /** One of a row's own texts or of its categories, as often as configured; null for none. */
  static float[] text(
      DrawConfig config, List<float[]> texts, List<float[]> categories, KeyedRandom random) {
    double text = texts.isEmpty() ? 0 : config.textWeight();
    double category = categories.isEmpty() ? 0 : config.categoryWeight();
    if (text + category == 0) {
      return null;
    }
    boolean own = random.nextDouble() * (text + category) < text;
    return any(own ? texts : categories, random);
  }

  /** One of them; null if there is none. */
  static float[] any(List<float[]> vectors, KeyedRandom random) {
    return vectors.isEmpty() ? null : vectors.get(random.nextInt(vectors.size()));
  }
}
