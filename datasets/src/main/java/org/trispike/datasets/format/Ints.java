package org.trispike.datasets.format;

import java.util.Arrays;

/** A growing array of integers. */
public final class Ints {
  private int[] values = new int[96];
  private int size;

  public void add(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, Math.addExact(size, size));
    }
    values[size++] = value;
  }

  void add(int a, int b, int c) {
    add(a);
    add(b);
    add(c);
  }

  public int get(int index) {
    return values[index];
  }

  public int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  public int[] toArray() {
    return Arrays.copyOf(values, size);
  }
}
