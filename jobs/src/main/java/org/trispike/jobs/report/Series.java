package org.trispike.jobs.report;

import java.util.List;
import java.util.Objects;

/**
 * A curve.
 *
 * @param points [x, y] each, in the order of x; what is not finite is left out
 */
record Series(String name, List<double[]> points) {
  Series {
    Objects.requireNonNull(name);
    points = points.stream().filter(p -> Double.isFinite(p[0]) && Double.isFinite(p[1])).toList();
  }
}
