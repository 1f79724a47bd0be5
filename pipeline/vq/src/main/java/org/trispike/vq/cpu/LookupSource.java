package org.trispike.vq.cpu;

import java.util.List;
import java.util.stream.IntStream;
import org.trispike.vq.VqConfig;
import org.trispike.vq.plan.Plan;

/**
 * Writes the {@link PartKernel} of a plan. A few sub-spaces are looked up in one step and rows run
 * inside, since loops of few turns are not optimized; codes are [steps, rows, sub-spaces of a
 * step].
 */
final class LookupSource {
  private static final int MOST_UNROLLED = 8;

  private LookupSource() {}

  /** Look-ups of one step: those of a part, if it has so few. */
  static int unroll(Plan plan) {
    int subspaces = Tiling.subspaces(plan);
    return Math.min(MOST_UNROLLED, (subspaces - 1) / plan.split().factor() + 1);
  }

  /** See above. */
  static CodeOrder order(Plan plan) {
    int bytes = WideCodes.bytes(plan.problem().config());
    int unroll = unroll(plan);
    return (codes, at, row, rows, subspace, subspaces, code) -> {
      int step = subspace / unroll;
      int index = (step * rows + row) * unroll + subspace % unroll;
      WideCodes.set(codes, at + index * bytes, bytes, code);
    };
  }

  static String of(Plan plan) {
    VqConfig config = plan.problem().config();
    int bytes = WideCodes.bytes(config);
    int unroll = unroll(plan);
    List<String> terms =
        IntStream.range(0, unroll)
            .mapToObj(
                i ->
                    "tables[table + %d + %s]"
                        .formatted(
                            i * config.entries(), WideCodes.text(bytes, "place + " + i * bytes)))
            .toList();
    return """
        package org.trispike.vq.cpu;

        final class Lookup implements PartKernel {
          public void add(
              byte[] codes, int at, float[] tables, int subspaces, float[] sums, int rows) {
            for (int i = 0; i < subspaces; i += %1$d) {
              int table = i * %2$d;
              for (int row = 0; row < rows; row++) {
                int place = at + row * %3$d;
                sums[row] += %4$s;
              }
              at += rows * %3$d;
            }
          }
        }
        """
        .formatted(unroll, config.entries(), unroll * bytes, tree(terms));
  }

  /** Sums of sums, so that no addition waits for all before it. */
  private static String tree(List<String> terms) {
    if (terms.size() == 1) {
      return terms.get(0);
    }
    int half = terms.size() / 2;
    return "(%s + %s)"
        .formatted(tree(terms.subList(0, half)), tree(terms.subList(half, terms.size())));
  }
}
