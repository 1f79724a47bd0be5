package org.trispike.kernels;

/**
 * The integer leaky integrate-and-fire neuron and its parameters.
 *
 * <p>Over T real time steps, with soft reset and levels D:
 *
 * <pre>
 *   u[0] = x[0],   u[t] = β (u[t−1] − s[t−1]) + x[t],   s[t] = q(clip(u[t], 0, D)) · scale
 * </pre>
 *
 * where q rounds. The backward pass is the straight-through estimator: ds/du is {@code scale}
 * inside the window and 0 outside, and the emitted spike is a constant in the reset. With {@link
 * Rounding#NONE} the neuron is the clipped identity, whose exact derivative is that estimator: the
 * stand-in for finite-difference checks.
 *
 * <p>Source: SVL (arXiv 2505.17674) §3 for the integer neuron; SpikeYOLO (arXiv 2407.20708) Eq. 6-9
 * for the multi-step rule; Spike2Former (arXiv 2412.14587) for the normalised output.
 *
 * @param levels D, the largest integer that one step emits
 * @param decay β
 * @param rounding how u becomes an integer
 * @param window whether the gradient passes at the borders 0 and D
 * @param normalised whether the output is divided by D
 */
public record Neuron(
    int levels, float decay, Rounding rounding, Window window, boolean normalised) {

  /** How the clipped membrane becomes an integer. */
  public enum Rounding {
    /** floor(u + ½). */
    HALF_UP,
    /** To the even neighbour on ties, as {@code rint}. */
    HALF_EVEN,
    /** Not at all: a smooth stand-in for gradient checks. */
    NONE
  }

  /** Where the straight-through gradient passes. */
  public enum Window {
    /** 0 &lt; u &lt; D. */
    STRICT,
    /** 0 ≤ u ≤ D. */
    INCLUSIVE
  }

  public Neuron {
    if (levels < 1) {
      throw new IllegalArgumentException("A neuron needs at least 1 level, not " + levels);
    }
    if (!(decay >= 0f && decay <= 1f)) {
      throw new IllegalArgumentException("Decay " + decay + " is outside 0..1");
    }
  }

  /** The neuron of SVL and E-3DSNN: half-up, strict window, decay ¼, integers 0..{@code levels}. */
  public static Neuron svl(int levels) {
    return new Neuron(levels, 0.25f, Rounding.HALF_UP, Window.STRICT, false);
  }

  /** The neuron of SpikeYOLO: half-even, inclusive window, decay ¼. */
  public static Neuron spikeYolo(int levels) {
    return new Neuron(levels, 0.25f, Rounding.HALF_EVEN, Window.INCLUSIVE, false);
  }

  /** The same neuron without rounding. */
  public Neuron smooth() {
    return new Neuron(levels, decay, Rounding.NONE, window, normalised);
  }

  /** What one emitted level weighs downstream. */
  public float scale() {
    return normalised ? 1f / levels : 1f;
  }
}
