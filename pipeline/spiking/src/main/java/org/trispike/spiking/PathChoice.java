package org.trispike.spiking;

import java.util.Locale;

/**
 * Why a layer takes its path.
 *
 * @param name of the layer
 * @param shape what the break-even was measured for
 * @param active share of the layer's inputs that fire at all, 0..1
 * @param breakEven share below which the event-driven path is taken
 * @param path the one taken
 * @param integerMillis time of the integer path on the explained cloud, best of some runs
 * @param eventMillis time of the event-driven path on it
 */
public record PathChoice(
    String name,
    ConvShape shape,
    double active,
    double breakEven,
    SpikePath path,
    double integerMillis,
    double eventMillis) {

  /** One line of a table. */
  public String toText() {
    return String.format(
        Locale.ROOT,
        "%-27s %2d x %4d -> %4d  fires %5.1f %%  break-even %5.1f %%  goes by %-7s"
            + "  (integer %.3f ms, event %.3f ms)",
        name,
        shape.offsets(),
        shape.in(),
        shape.out(),
        100 * active,
        100 * breakEven,
        path.name().toLowerCase(Locale.ROOT),
        integerMillis,
        eventMillis);
  }
}
