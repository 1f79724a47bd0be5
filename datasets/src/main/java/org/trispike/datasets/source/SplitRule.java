package org.trispike.datasets.source;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.kernels.io.Sha256;

/**
 * Draws the split of a row that has none: by a keyed hash of its id, so that a row stays where it
 * is when others come or go.
 *
 * @param validationFraction the share that validates, in [0, 1)
 * @param seed the key
 */
public record SplitRule(double validationFraction, long seed) {
  public SplitRule {
    if (!(validationFraction >= 0 && validationFraction < 1)) {
      throw UserError.usage(
          "data.validation-fraction is at least 0 and below 1, not " + validationFraction);
    }
  }

  public Split split(String id) {
    return (hash(id, seed) >>> 11) * 0x1p-53 < validationFraction ? Split.VALIDATION : Split.TRAIN;
  }

  /** The split that a collection tells; but of its training rows some are drawn to validate. */
  Split within(Split told, String id) {
    return told == Split.TRAIN ? split(id) : told;
  }

  /** Sixty-four bits that look random and depend on the id and the key alone. */
  public static long hash(String id, long key) {
    MessageDigest digest = Sha256.digest();
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(key).array());
    return ByteBuffer.wrap(digest.digest(id.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
