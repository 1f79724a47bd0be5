package org.trispike.kernels.cpu;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.trispike.kernels.Storage;
import org.trispike.kernels.Tensor;

/**
 * Arrays by size class, so that a step in steady state allocates nothing although the number of
 * sites differs from batch to batch. Classes are an eighth of a power of two apart: at most 12.5 %
 * of an array is spare.
 */
final class FloatPool {
  private static final int SMALLEST = 64;
  private final Map<Integer, ArrayDeque<Heap>> free = new HashMap<>();

  /** A float array as tensor storage. */
  record Heap(float[] values) implements Storage {
    @Override
    public int capacity() {
      return values.length;
    }
  }

  /** The array behind a tensor of the CPU. */
  static float[] array(Tensor tensor) {
    return ((Heap) tensor.storage()).values();
  }

  Heap take(int size) {
    int capacity = sizeClass(size);
    ArrayDeque<Heap> spare = free.get(capacity);
    return spare == null || spare.isEmpty() ? new Heap(new float[capacity]) : spare.pop();
  }

  void give(Heap heap) {
    free.computeIfAbsent(heap.capacity(), c -> new ArrayDeque<>()).push(heap);
  }

  void clear() {
    free.clear();
  }

  static int sizeClass(int size) {
    if (size <= SMALLEST) {
      return SMALLEST;
    }
    int step = Integer.highestOneBit(size - 1) >>> 3;
    step = Math.max(step, 1);
    long rounded = ((long) size + step - 1) / step * step;
    return (int) Math.min(rounded, Integer.MAX_VALUE - 8);
  }
}
