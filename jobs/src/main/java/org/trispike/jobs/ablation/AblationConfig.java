package org.trispike.jobs.ablation;

import com.typesafe.config.Config;
import java.util.List;
import org.trispike.datasets.UserError;

/**
 * The group {@code ablate} of the configuration.
 *
 * @param epochs of each variant; 0: as many as {@code pretrain.epochs}
 * @param variants to train, in this order
 */
public record AblationConfig(int epochs, List<Variant> variants) {
  public AblationConfig {
    variants = List.copyOf(variants);
    check(epochs >= 0, "ablate.epochs is not negative, but " + epochs);
    check(!variants.isEmpty(), "ablate.variants names no variant");
    check(
        variants.stream().distinct().count() == variants.size(),
        "ablate.variants names one twice: "
            + String.join(", ", variants.stream().map(Variant::word).toList()));
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw UserError.usage(message);
    }
  }

  public static AblationConfig from(Config root) {
    return new AblationConfig(
        root.getInt("ablate.epochs"),
        root.getStringList("ablate.variants").stream().map(Variant::of).toList());
  }
}
