package org.trispike.datasets.format.label;

import java.util.Arrays;
import org.trispike.datasets.format.Ints;

/**
 * Which pixels a polygon covers, equal to COCO's own program in every pixel. Its corners are
 * rounded to a grid of five steps a pixel, and its border is walked on that grid. Wherever the walk
 * passes the middle of a column of pixels it turns outside to inside, or back, for all pixels of
 * the column below that point: a pair of such turns is a run. Source: cocodataset/cocoapi,
 * common/maskApi.c, rleFrPoly. Time and memory grow with the length of the border.
 */
final class PolygonRuns {
  private static final int STEPS = 5;

  private final int width;
  private final int height;

  /** Indices, column after column, of the pixels at which inside and outside change. */
  private final Ints turns = new Ints();

  private boolean walking;
  private int lastX;
  private int lastY;

  private PolygonRuns(int width, int height) {
    this.width = width;
    this.height = height;
  }

  static int[] of(double[] corners, int width, int height) {
    PolygonRuns polygon = new PolygonRuns(width, height);
    int x = grid(corners[0]);
    int y = grid(corners[1]);
    for (int i = 2; i <= corners.length; i += 2) {
      int nextX = grid(corners[i % corners.length]);
      int nextY = grid(corners[i % corners.length + 1]);
      polygon.edge(x, y, nextX, nextY);
      x = nextX;
      y = nextY;
    }
    return polygon.runs();
  }

  private static int grid(double value) {
    return (int) (STEPS * value + 0.5);
  }

  /** Walks along an edge in steps of one along its longer side. */
  private void edge(int fromX, int fromY, int toX, int toY) {
    int dx = Math.abs(toX - fromX);
    int dy = Math.abs(toY - fromY);
    boolean flat = dx >= dy;
    // Both directions along an edge must give the same points, so that all are taken from one end.
    boolean flip = flat ? fromX > toX : fromY > toY;
    int startX = flip ? toX : fromX;
    int startY = flip ? toY : fromY;
    int endX = flip ? fromX : toX;
    int endY = flip ? fromY : toY;
    int length = Math.max(dx, dy);
    double slope = flat ? (double) (endY - startY) / dx : (double) (endX - startX) / dy;
    for (int i = 0; i <= length; i++) {
      int t = flip ? length - i : i;
      int x = flat ? startX + t : (int) (startX + slope * t + 0.5);
      int y = flat ? (int) (startY + slope * t + 0.5) : startY + t;
      step(x, y);
    }
  }

  private void step(int x, int y) {
    if (walking && x != lastX) {
      double column = ((x < lastX ? x : x - 1) + 0.5) / STEPS - 0.5;
      if (column == Math.floor(column) && column >= 0 && column <= width - 1) {
        double row = (Math.min(y, lastY) + 0.5) / STEPS - 0.5;
        int first = (int) Math.ceil(Math.max(0, Math.min(height, row)));
        turns.add((int) column * height + first);
      }
    }
    walking = true;
    lastX = x;
    lastY = y;
  }

  private int[] runs() {
    int[] sorted = turns.toArray();
    Arrays.sort(sorted);
    Ints runs = new Ints();
    int start = 0;
    for (int i = 0; i < sorted.length; i++) {
      boolean pair = i + 1 < sorted.length && sorted[i] == sorted[i + 1];
      if (pair) {
        i++; // two turns at one place are none
      } else {
        runs.add(sorted[i] - start);
        start = sorted[i];
      }
    }
    if (start < width * height) {
      runs.add(width * height - start);
    }
    return runs.toArray();
  }
}
