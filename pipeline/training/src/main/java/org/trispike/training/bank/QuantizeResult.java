package org.trispike.training.bank;

import java.util.Locale;
import org.trispike.vq.bank.BankCodes;

/**
 * A bank that was quantized.
 *
 * @param directory of the bank
 * @param id of its content
 * @param rows how many
 * @param codes what was measured
 */
public record QuantizeResult(String directory, String id, int rows, BankCodes codes) {

  /** For people. */
  public String sentence() {
    return String.format(
        Locale.ROOT,
        "%,d rows in %s (bank %.12s): recall@1 %.3f with %d candidates%s, %d held-out queries",
        rows,
        directory,
        id,
        codes.recall(),
        codes.candidates(),
        codes
            .lists()
            .map(
                lists ->
                    String.format(
                        Locale.ROOT, " from %,d of %,d lists", lists.probes(), lists.count()))
            .orElse(""),
        codes.queries());
  }
}
