package org.trispike.jobs.quickstart;

import com.typesafe.config.Config;
import org.trispike.datasets.UserError;

/**
 * The group {@code quickstart} of the configuration.
 *
 * @param shapesPerKind generated of each kind of solid
 * @param seed keys everything that is drawn
 * @param validationFraction the share of each kind that nothing is trained on, in (0, 1)
 */
public record QuickstartConfig(int shapesPerKind, long seed, double validationFraction) {
  public QuickstartConfig {
    check(shapesPerKind >= 2, "quickstart.shapes-per-kind is at least 2, not " + shapesPerKind);
    check(
        validationFraction > 0 && validationFraction < 1,
        "quickstart.validation-fraction is between 0 and 1, not " + validationFraction);
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw UserError.usage(message);
    }
  }

  public static QuickstartConfig from(Config root) {
    Config group = root.getConfig("quickstart");
    return new QuickstartConfig(
        group.getInt("shapes-per-kind"),
        group.getLong("seed"),
        group.getDouble("validation-fraction"));
  }
}
