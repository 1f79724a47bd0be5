package org.trispike.vq.cpu;

import org.trispike.vq.CodebookKind;
import org.trispike.vq.VqConfig;
import org.trispike.vq.plan.CorePlanner;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Tier;

/** A way to multiply a quantized matrix. */
public enum Candidate {
  /** Every element as float32: what codes have to beat. */
  DENSE,
  /** Every element as a byte, with a scale a row; adds an error of its own. */
  INT8,
  /** The products of x with all entries first, then a look-up a code. */
  LOOKUP,
  /** Entries are looked up and multiplied. */
  DEQUANTIZE,
  /** {@link #LOOKUP} in tables of 16 bytes that lie in registers; adds an error of its own. */
  FAST_SCAN;

  /** Wider indices would need tables larger than the matrix. */
  private static final int MOST_LOOKUP_BITS = 12;

  /** Whether a plan's codes can be multiplied this way. */
  boolean carriesOut(Plan plan) {
    VqConfig config = plan.problem().config();
    boolean table = config.kind() == CodebookKind.TRAINED;
    return switch (this) {
      case DENSE, INT8, DEQUANTIZE -> true;
      case LOOKUP -> table && config.indexBits() <= MOST_LOOKUP_BITS;
      case FAST_SCAN ->
          table
              && config.entries() <= CorePlanner.REGISTER_ENTRIES
              && plan.boundaries().tier(config.entries() - 1) == Tier.REGISTER;
    };
  }
}
