package org.trispike.datasets.format;

import java.util.Arrays;

/** A growing array of floats. */
final class Floats {
  private float[] values = new float[96];
  private int size;

  void add(float value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, size));
    }
    values[size++] = value;
  }

  void add(float x, float y, float z) {
    add(x);
    add(y);
    add(z);
  }

  void set(int index, float value) {
    values[index] = value;
  }

  float get(int index) {
    return values[index];
  }

  int size() {
    return size;
  }

  float[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
