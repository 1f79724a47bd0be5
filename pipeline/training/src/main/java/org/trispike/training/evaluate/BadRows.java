package org.trispike.training.evaluate;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trispike.datasets.Progress;
import org.trispike.datasets.shard.Quarantine;
import org.trispike.datasets.source.BadRow;

/** Rows of a list that cannot be measured. */
final class BadRows {
  /** Shown one by one, at most. */
  private static final int SHOWN = 10;

  private final List<BadRow> rows;

  BadRows(List<BadRow> rows) {
    this.rows = rows.stream().sorted(Comparator.comparingLong(BadRow::line)).toList();
  }

  /** Lists them, the first ones at least. */
  void tell(Progress progress) {
    rows.stream().limit(SHOWN).forEach(row -> progress.line("evaluate: left out " + sentence(row)));
    if (rows.size() > SHOWN) {
      progress.line("evaluate: left out " + (rows.size() - SHOWN) + " more rows");
    }
  }

  /** What is wrong if more than the share {@code ratio} of all rows are bad, or none is left. */
  Optional<String> tooMany(long all, double ratio) {
    if (rows.size() <= ratio * all && rows.size() < all) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%d of %d rows cannot be used %s, above data.max-bad-ratio = %s. The first: %s. Repair"
                + " or remove them, or raise data.max-bad-ratio",
            rows.size(),
            all,
            Quarantine.counts(rows),
            ratio,
            sentence(rows.get(0))));
  }

  private static String sentence(BadRow row) {
    return "line " + row.line() + ", " + row.reason() + " in " + row.file() + ": " + row.message();
  }
}
