package org.trispike.spiking;

import java.util.Objects;
import java.util.Optional;

/**
 * Which path each spiking layer of a runtime takes: always one, or the event-driven one where fewer
 * inputs fire than its break-even. Results do not depend on it. May be shared by runtimes, which
 * then calibrate once.
 */
public final class InferencePaths {
  private final SpikePath forced;
  private final BreakEven breakEven;

  private InferencePaths(SpikePath forced, BreakEven breakEven) {
    this.forced = forced;
    this.breakEven = breakEven;
  }

  /** The same path for every layer. */
  public static InferencePaths always(SpikePath path) {
    return new InferencePaths(Objects.requireNonNull(path), null);
  }

  /** Event-driven below a break-even that is known. */
  public static InferencePaths below(BreakEven breakEven) {
    return new InferencePaths(null, Objects.requireNonNull(breakEven));
  }

  /** Event-driven below a break-even that is measured on this machine when it is first needed. */
  public static InferencePaths calibrated() {
    return below(new CalibratedBreakEven());
  }

  Optional<SpikePath> forced() {
    return Optional.ofNullable(forced);
  }

  BreakEven breakEven() {
    return breakEven;
  }
}
