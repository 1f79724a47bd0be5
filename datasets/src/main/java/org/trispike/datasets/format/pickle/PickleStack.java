package org.trispike.datasets.format.pickle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;

/** Values that are not yet part of another, and the marks between them. */
final class PickleStack {
  private static final int MOST_MARKS = 1000;

  /** Also the longest tuple; longer rows of numbers are arrays of NumPy's. */
  private static final int MOST_VALUES = 1 << 18;

  private final PickleInput in;
  private final List<Object> values = new ArrayList<>();
  private final int[] marks = new int[MOST_MARKS];
  private int marked;

  PickleStack(PickleInput in) {
    this.in = in;
  }

  void push(Object value) throws CorruptInputException {
    in.count(1);
    in.check(values.size() < MOST_VALUES, Reason.TOO_LARGE, "It stacks more than 262,144 values");
    values.add(value);
  }

  Object pop() throws CorruptInputException {
    Object top = top();
    values.remove(values.size() - 1);
    return top;
  }

  /** The last value, which stays. */
  Object top() throws CorruptInputException {
    int floor = marked == 0 ? 0 : marks[marked - 1];
    in.check(values.size() > floor, Reason.CORRUPT_INPUT, "It takes a value where there is none");
    return values.get(values.size() - 1);
  }

  void mark() throws CorruptInputException {
    in.check(marked < MOST_MARKS, Reason.TOO_LARGE, "It opens more than 1000 marks");
    marks[marked++] = values.size();
  }

  /** Takes the values since the last mark, and the mark. */
  Object[] sinceMark() throws CorruptInputException {
    in.check(marked > 0, Reason.CORRUPT_INPUT, "It closes a mark where there is none");
    List<Object> since = values.subList(marks[--marked], values.size());
    Object[] taken = since.toArray();
    since.clear();
    return taken;
  }

  /** Takes a value, or the last mark where it is the last. */
  void drop() throws CorruptInputException {
    if (marked > 0 && marks[marked - 1] == values.size()) {
      marked--;
    } else {
      pop();
    }
  }

  /** Makes a tuple of the last values. */
  void tuple(int length) throws CorruptInputException {
    Object[] items = new Object[length];
    for (int i = length - 1; i >= 0; i--) {
      items[i] = pop();
    }
    push(tuple(items));
  }

  /** Lists are of another class than tuples, for lists alone may grow. */
  static List<Object> tuple(Object[] items) {
    return Collections.unmodifiableList(Arrays.asList(items));
  }

  static boolean growing(Object value) {
    return value instanceof ArrayList;
  }

  boolean isEmpty() {
    return values.isEmpty() && marked == 0;
  }
}
