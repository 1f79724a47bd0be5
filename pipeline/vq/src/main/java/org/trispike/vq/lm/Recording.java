package org.trispike.vq.lm;

import org.trispike.kernels.io.FloatArray;

/** Keys and values that pass through the caches of a layer, [tokens, key heads · channels]. */
final class Recording {
  private final FloatArray keys;
  private final FloatArray values;
  private int at;

  Recording(int tokens, int width) {
    this.keys = new FloatArray(new int[] {tokens, width}, new float[tokens * width]);
    this.values = new FloatArray(new int[] {tokens, width}, new float[tokens * width]);
  }

  FloatArray keys() {
    return keys;
  }

  FloatArray values() {
    return values;
  }

  /** A cache that records what is appended to {@code cache}. */
  KeyValueCache over(KeyValueCache cache) {
    return new KeyValueCache() {
      @Override
      public void append(float[] newKeys, float[] newValues) {
        System.arraycopy(newKeys, 0, keys.data(), at, newKeys.length);
        System.arraycopy(newValues, 0, values.data(), at, newValues.length);
        at += newKeys.length;
        cache.append(newKeys, newValues);
      }

      @Override
      public void attend(float[] queries, float[] mixed) {
        cache.attend(queries, mixed);
      }

      @Override
      public long bytes() {
        return cache.bytes();
      }
    };
  }
}
