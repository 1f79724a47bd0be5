package org.trispike.spiking;

import java.util.Objects;
import java.util.Optional;

/**
 * Which path each spiking layer of a runtime takes: always one, or the event-driven one where fewer
 * inputs fire than its break-even. Results do not depend on it, but for weights of 8 bits. May be
 * shared by runtimes, which then calibrate once.
 */
public final class InferencePaths {
  private final SpikePath forced;
  private final BreakEven breakEven;

  private final Weights weights;

  private InferencePaths(SpikePath forced, BreakEven breakEven, Weights weights) {
    this.forced = forced;
    this.breakEven = breakEven;
    this.weights = weights;
  }

  /** The same path for every layer. */
  public static InferencePaths always(SpikePath path) {
    return new InferencePaths(Objects.requireNonNull(path), null, Weights.FLOAT32);
  }

  /** Event-driven below a break-even that is known. */
  public static InferencePaths below(BreakEven breakEven) {
    return new InferencePaths(null, Objects.requireNonNull(breakEven), Weights.FLOAT32);
  }

  /** Event-driven below a break-even that is measured on this machine when it is first needed. */
  public static InferencePaths calibrated() {
    return below(new CalibratedBreakEven());
  }

  /** Integers through the dense kernels for every layer, with weights of 8 bits. */
  public static InferencePaths int8() {
    return new InferencePaths(SpikePath.INTEGER, null, Weights.INT8);
  }

  Weights weights() {
    return weights;
  }

  Optional<SpikePath> forced() {
    return Optional.ofNullable(forced);
  }

  BreakEven breakEven() {
    return breakEven;
  }
}
