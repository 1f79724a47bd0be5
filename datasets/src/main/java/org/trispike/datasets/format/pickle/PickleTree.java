package org.trispike.datasets.format.pickle;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.NpyArray;
import org.trispike.datasets.format.Reason;

/**
 * Checks what a pickle has made: a tree that is not too deep, of data alone. One that holds itself
 * is endlessly deep; one that names its parts again and again has too many.
 */
final class PickleTree {
  private static final int MOST_VALUES = 10_000_000;

  private PickleTree() {}

  static void check(PickleInput in, Object root, Limits limits) throws CorruptInputException {
    Deque<Iterator<?>> open = new ArrayDeque<>();
    int values = 0;
    open.push(Collections.singletonList(root).iterator());
    while (!open.isEmpty()) {
      if (!open.peek().hasNext()) {
        open.pop();
        continue;
      }
      Object value = open.peek().next();
      in.check(
          values++ < MOST_VALUES, Reason.COUNT_OVERFLOW, "It holds more than 10,000,000 values");
      if (value instanceof List<?> list) {
        open.push(list.iterator());
      } else if (value instanceof Map<?, ?> map) {
        open.push(map.values().iterator());
      } else {
        in.check(isData(value), Reason.CORRUPT_INPUT, "It leaves something unfinished");
      }
      in.check(
          open.size() <= limits.jsonDepth() + 1,
          Reason.TOO_LARGE,
          "It is nested deeper than " + limits.jsonDepth());
    }
  }

  private static boolean isData(Object value) {
    return value == null
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof Double
        || value instanceof String
        || value instanceof byte[]
        || value instanceof NpyArray;
  }
}
