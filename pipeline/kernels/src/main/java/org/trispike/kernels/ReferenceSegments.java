package org.trispike.kernels;

/** The operations on segments of rows of {@link ReferenceCompute}. */
final class ReferenceSegments {
  private final ReferenceCompute compute;

  ReferenceSegments(ReferenceCompute compute) {
    this.compute = compute;
  }

  private interface Member {
    void visit(int ofSegment, int inRows);
  }

  /** Calls {@code member} with each element of x and that of its segment, slab after slab. */
  private static void each(int steps, Tensor x, int[] offsets, Member member) {
    int channels = x.columns();
    int rows = x.rows() / steps;
    int segments = offsets.length - 1;
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < segments; b++) {
        for (int r = offsets[b]; r < offsets[b + 1]; r++) {
          for (int c = 0; c < channels; c++) {
            member.visit((t * segments + b) * channels + c, (t * rows + r) * channels + c);
          }
        }
      }
    }
  }

  void mean(int steps, Tensor x, int[] offsets, Tensor y) {
    compute.fill(y, 0);
    each(
        steps,
        x,
        offsets,
        (of, in) -> {
          int at = of % y.size();
          add(y, at, compute.get(x, in) / members(steps, offsets, at / x.columns()));
        });
  }

  void meanBackward(int steps, Tensor dy, int[] offsets, Tensor dx) {
    each(
        steps,
        dx,
        offsets,
        (of, in) -> {
          int at = of % dy.size();
          compute.set(dx, in, compute.get(dy, at) / members(steps, offsets, at / dx.columns()));
        });
  }

  private static double members(int steps, int[] offsets, int segment) {
    return (double) steps * (offsets[segment + 1] - offsets[segment]);
  }

  void sum(int steps, Tensor x, int[] offsets, Tensor y) {
    compute.fill(y, 0);
    each(steps, x, offsets, (of, in) -> add(y, of, compute.get(x, in)));
  }

  void addTo(int steps, Tensor y, int[] offsets, Tensor x) {
    each(steps, x, offsets, (of, in) -> add(x, in, compute.get(y, of)));
  }

  void max(int steps, Tensor x, int[] offsets, Tensor y, int[] winners) {
    ReferenceMaxima maxima = new ReferenceMaxima(compute, x, y);
    each(steps, x, offsets, (of, in) -> maxima.meet(in, of));
    maxima.write(winners);
  }

  private void add(Tensor tensor, int i, double value) {
    compute.set(tensor, i, compute.get(tensor, i) + value);
  }
}
