package org.trispike.vq.plan;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqTensor;

/**
 * Sorts the entries of each codebook by use, most used first, and rewrites the codes, so that one
 * comparison of a code with a boundary says where its entry is held. The matrix stays the same.
 */
public final class Reordering {
  private Reordering() {}

  /** The same matrix with sorted codebooks. The lattice's table has a fixed order and keeps it. */
  public static VqTensor byFrequency(VqTensor tensor) {
    if (!(tensor.codebooks() instanceof TrainedCodebooks codebooks)) {
      return tensor;
    }
    long[][] counts = Profile.of(tensor).counts();
    int rounds = tensor.config().rounds();
    int length = tensor.config().vectorLength();
    int entries = tensor.config().entries();
    int[][] newCodes = new int[counts.length][entries];
    float[] table = new float[counts.length * entries * length];
    for (int i = 0; i < counts.length; i++) {
      float[] old = codebooks.table(i / rounds, i % rounds);
      int[] order = order(counts[i]);
      for (int rank = 0; rank < entries; rank++) {
        newCodes[i][order[rank]] = rank;
        System.arraycopy(old, order[rank] * length, table, (i * entries + rank) * length, length);
      }
    }
    return new VqTensor(
        tensor.config(),
        tensor.rows(),
        tensor.columns(),
        new TrainedCodebooks(new FloatArray(codebooks.table().shape(), table)),
        rewrite(tensor, newCodes),
        tensor.rotation().orElse(null));
  }

  private static int[] order(long[] counts) {
    return IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparingLong((Integer entry) -> -counts[entry]))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static PackedCodes rewrite(VqTensor tensor, int[][] newCodes) {
    int rounds = tensor.config().rounds();
    PackedCodes.Builder codes =
        new PackedCodes.Builder(tensor.codes().bits(), tensor.codes().count());
    for (int round = 0; round < rounds; round++) {
      for (int row = 0; row < tensor.rows(); row++) {
        for (int group = 0; group < tensor.groups(); group++) {
          int[] renamed = newCodes[tensor.codebook(row, group) * rounds + round];
          codes.set(tensor.position(round, row, group), renamed[tensor.code(round, row, group)]);
        }
      }
    }
    return codes.build();
  }
}
