package org.trispike.vq.train;

import java.io.Serializable;
import org.trispike.kernels.Compute;
import org.trispike.kernels.KeyedPermutation;

/**
 * The directions by which rows are put into lists: spherical k-means of a drawn sample, whose
 * centroids have length 1 after each step, so that the nearest is the one of largest product. In
 * steps that others can spread: assignments of some vectors do not depend on others, and means are
 * taken of the whole sample, in its order. A step costs O(sample · lists · columns). Seeds are
 * drawn rows: k-means++ would cost as much as all steps together.
 */
public final class CoarseTraining {
  /** Steps at most. */
  public static final int STEPS = 10;

  /** Rows that are drawn for each list. */
  private static final int POINTS = 32;

  /** A step that gains a smaller share of the cost is the last. */
  private static final double GAIN = 1e-3;

  private static final long SEED = 12;

  private final int lists;
  private final int rows;
  private final int columns;

  /**
   * @param rows of the whole bank
   */
  public CoarseTraining(int lists, int rows, int columns) {
    if (lists < 1 || lists > rows) {
      throw new IllegalArgumentException(lists + " lists of " + rows + " rows");
    }
    this.lists = lists;
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Vectors and their lists.
   *
   * @param lists of each vector
   * @param distances squared, to the list's direction
   */
  @SuppressWarnings("ArrayRecordComponent") // passed through
  public record Assigned(int[] lists, double[] distances) implements Serializable {

    /** What k-means lowers. */
    public double cost() {
      return new Clustering(new float[0], lists, distances).cost();
    }
  }

  /** The rows that are drawn, in the order of the bank. */
  public long[] sample() {
    long wanted = Math.min(rows, (long) POINTS * lists);
    return new KeyedPermutation(rows, SEED).first(wanted).sorted().toArray();
  }

  /** Directions to begin with: rows of the sample, [sample, columns]. */
  public float[] seeds(float[] sample) {
    int count = sample.length / columns;
    KeyedPermutation order = new KeyedPermutation(count, SEED + 1);
    float[] seeds = new float[lists * columns];
    for (int list = 0; list < lists; list++) {
      System.arraycopy(sample, (int) order.apply(list) * columns, seeds, list * columns, columns);
    }
    return normalised(seeds);
  }

  /**
   * The list of each vector.
   *
   * @param vectors [n, columns]
   * @param directions [lists, columns], of length 1
   */
  public Assigned assign(Compute compute, float[] vectors, float[] directions) {
    Points points = new Points(columns, vectors, null);
    Assigned assigned = new Assigned(new int[points.count()], new double[points.count()]);
    new Nearest(compute).find(points, directions, assigned.lists(), assigned.distances());
    return assigned;
  }

  /** The next directions, of the whole sample and its lists. */
  public float[] step(float[] sample, Assigned assigned, float[] directions) {
    Clustering clustering = new Clustering(directions, assigned.lists(), assigned.distances());
    return normalised(KMeans.means(new Points(columns, sample, null), clustering));
  }

  /** Whether a step that took the cost from one, infinite at first, to the other is the last. */
  public static boolean settled(double before, double after) {
    return after >= (1 - GAIN) * before;
  }

  private float[] normalised(float[] directions) {
    for (int from = 0; from < directions.length; from += columns) {
      double square = 0;
      for (int i = from; i < from + columns; i++) {
        square += (double) directions[i] * directions[i];
      }
      for (int i = from; square > 0 && i < from + columns; i++) {
        directions[i] = (float) (directions[i] / Math.sqrt(square));
      }
    }
    return directions;
  }
}
