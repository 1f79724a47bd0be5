package org.trispike.training.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;

/**
 * A few shapes to look at: of the right ones, the wrong ones and those without a class the first
 * ones by a keyed hash of their ids. Mergeable; the result does not depend on the order of adding.
 */
final class Examples implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final Comparator<Example> ORDER =
      Comparator.comparingLong(Example::key).thenComparing(Example::id);

  private final int count;
  private final EnumMap<Kind, ArrayList<Example>> kept = new EnumMap<>(Kind.class);

  enum Kind {
    RIGHT,
    WRONG,
    UNLABELLED
  }

  /** A class with its probability. */
  record Guess(String name, double share) implements Serializable {}

  /**
   * @param key a hash of the id
   * @param caption its first text, or ""
   * @param truth its category, or ""
   * @param ranked the best classes, best first
   * @param points a packed cloud
   */
  @SuppressWarnings("ArrayRecordComponent") // passed through
  record Example(
      long key, String id, String caption, String truth, List<Guess> ranked, byte[] points)
      implements Serializable {
    Example {
      ranked = List.copyOf(ranked);
    }
  }

  /**
   * @param count kept of each kind, and given in all
   */
  Examples(int count) {
    this.count = count;
    for (Kind kind : Kind.values()) {
      kept.put(kind, new ArrayList<>());
    }
  }

  /** Whether a shape of this hash would be kept: packing the others can be saved. */
  boolean wants(Kind kind, long key) {
    List<Example> list = kept.get(kind);
    return count > 0 && (list.size() < count || key <= list.get(list.size() - 1).key());
  }

  void add(Kind kind, Example example) {
    List<Example> list = kept.get(kind);
    list.add(example);
    list.sort(ORDER);
    if (list.size() > count) {
      list.remove(list.size() - 1);
    }
  }

  void merge(Examples other) {
    other.kept.forEach((kind, list) -> list.forEach(example -> add(kind, example)));
  }

  /** Half of them right and half wrong as far as there are; the rest without a class. */
  List<Example> value() {
    List<Example> right = kept.get(Kind.RIGHT);
    List<Example> wrong = kept.get(Kind.WRONG);
    int rights = Math.min(right.size(), Math.max((count + 1) / 2, count - wrong.size()));
    int wrongs = Math.min(wrong.size(), count - rights);
    List<Example> unlabelled = kept.get(Kind.UNLABELLED);
    List<Example> all = new ArrayList<>(right.subList(0, rights));
    all.addAll(wrong.subList(0, wrongs));
    all.addAll(unlabelled.subList(0, Math.min(unlabelled.size(), count - all.size())));
    all.sort(ORDER);
    return all;
  }
}
