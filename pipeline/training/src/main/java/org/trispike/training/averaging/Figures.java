package org.trispike.training.averaging;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Named figures of training steps as weighted sums: the same class serves a step, a replica and a
 * round. What is not a number is left out.
 */
public final class Figures implements Serializable {
  private static final long serialVersionUID = 1L;

  private final LinkedHashMap<String, Sum> sums = new LinkedHashMap<>();

  private record Sum(double sum, double weight) implements Serializable {
    Sum plus(Sum other) {
      return new Sum(sum + other.sum, weight + other.weight);
    }
  }

  /** Adds one value with weight 1. */
  public void add(String name, double value) {
    add(name, value, 1);
  }

  public void add(String name, double value, double weight) {
    if (Double.isFinite(value)) {
      sums.merge(name, new Sum(value * weight, weight), Sum::plus);
    }
  }

  public void merge(Figures other) {
    other.sums.forEach((name, sum) -> sums.merge(name, sum, Sum::plus));
  }

  public boolean has(String name) {
    return sums.containsKey(name);
  }

  /** Weighted mean of a figure; NaN if it was never added. */
  public double mean(String name) {
    Sum sum = sums.get(name);
    return sum == null ? Double.NaN : sum.sum / sum.weight;
  }

  /** Weighted sum of a figure; 0 if it was never added. */
  public double sum(String name) {
    Sum sum = sums.get(name);
    return sum == null ? 0 : sum.sum;
  }

  /** The names that begin with {@code prefix}, without it, in the order of their first values. */
  public List<String> names(String prefix) {
    List<String> names = new ArrayList<>();
    for (Map.Entry<String, Sum> entry : sums.entrySet()) {
      if (entry.getKey().startsWith(prefix)) {
        names.add(entry.getKey().substring(prefix.length()));
      }
    }
    return names;
  }
}
