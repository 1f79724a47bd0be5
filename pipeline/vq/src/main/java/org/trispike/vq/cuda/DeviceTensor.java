package org.trispike.vq.cuda;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.trispike.vq.E8p;
import org.trispike.vq.E8pCodebooks;
import org.trispike.vq.PackedCodes;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqTensor;
import org.trispike.vq.plan.Boundaries;
import org.trispike.vq.plan.Plan;
import org.trispike.vq.plan.Reordering;

/**
 * A tensor as kernels read it.
 *
 * <p>Codes lie in the order of the blocks that use them: head, part of its tiles, part of the
 * rounds, row, round, vector; each sequence of a cache begins with a word of its own. A codebook is
 * [rounds, entries] of half precision. The lattice's is 256 packed rows and a quarter of its scale,
 * twice. Entries are sorted by use, most used first, where a plan caches any.
 *
 * @param codes little-endian words of 32 bits, with a spare one at the end
 * @param books codebook after codebook
 */
public record DeviceTensor(byte[] codes, byte[] books) {

  /** One matrix. */
  public static DeviceTensor of(Plan plan, VqTensor tensor) {
    return of(plan, List.of(tensor));
  }

  /**
   * The caches of all sequences, which share their codebooks. Those of more than one sequence are
   * not sorted here: their order has to be one already.
   */
  public static DeviceTensor of(Plan plan, List<VqTensor> sequences) {
    Shape shape = new Shape(plan);
    int words = wordsOfSequence(shape);
    byte[] codes = new byte[Math.multiplyExact(sequences.size(), words) * Integer.BYTES];
    boolean sort = sequences.size() == 1 && !plan.boundaries().equals(Boundaries.NONE);
    VqTensor first = sort ? Reordering.byFrequency(sequences.get(0)) : sequences.get(0);
    for (int i = 0; i < sequences.size(); i++) {
      VqTensor tensor = i == 0 ? first : sequences.get(i);
      check(shape, tensor);
      byte[] packed = codes(shape, tensor).bytes();
      System.arraycopy(packed, 0, codes, i * words * Integer.BYTES, packed.length);
    }
    return new DeviceTensor(codes, books(shape, first));
  }

  private static void check(Shape shape, VqTensor tensor) {
    if (!tensor.config().equals(shape.config)
        || tensor.rows() != shape.problem.rows()
        || tensor.columns() != shape.problem.columns()) {
      throw new IllegalArgumentException(
          "A tensor of %s, %d x %d, is not that of %s"
              .formatted(
                  tensor.config().signature(), tensor.rows(), tensor.columns(), shape.problem));
    }
  }

  static int wordsOfSequence(Shape shape) {
    long bits = Math.multiplyExact(count(shape), (long) shape.config.indexBits());
    return Math.toIntExact(bits / Integer.SIZE + 2);
  }

  private static long count(Shape shape) {
    return (long) shape.problem.heads()
        * shape.partition.parts()
        * shape.problem.rows()
        * shape.partition.roundsOfPart()
        * shape.groupsOfPart();
  }

  private static PackedCodes codes(Shape shape, VqTensor tensor) {
    Partition partition = shape.partition;
    PackedCodes.Builder codes = new PackedCodes.Builder(shape.config.indexBits(), count(shape));
    for (int round = 0; round < shape.config.rounds(); round++) {
      for (int group = 0; group < tensor.groups(); group++) {
        int head = group / shape.groupsOfHead();
        int inHead = group % shape.groupsOfHead();
        int tilePart = inHead / shape.groupsOfPart();
        int roundPart = round / partition.roundsOfPart();
        long part =
            ((long) head * partition.tileParts() + tilePart) * partition.roundParts() + roundPart;
        for (int row = 0; row < tensor.rows(); row++) {
          long line =
              (part * tensor.rows() + row) * partition.roundsOfPart()
                  + round % partition.roundsOfPart();
          codes.set(
              line * shape.groupsOfPart() + inHead % shape.groupsOfPart(),
              tensor.code(round, row, group));
        }
      }
    }
    return codes.build();
  }

  private static byte[] books(Shape shape, VqTensor tensor) {
    int count = tensor.codebooks().count();
    int rounds = shape.config.rounds();
    int words = shape.problem.storedEntries() * shape.entryWords() + shape.scaleWords();
    ByteBuffer books =
        ByteBuffer.allocate(count * rounds * words * shape.wordBytes())
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int codebook = 0; codebook < count; codebook++) {
      for (int round = 0; round < rounds; round++) {
        if (tensor.codebooks() instanceof E8pCodebooks lattice) {
          putLattice(books, lattice.scale(codebook, round));
        } else if (tensor.codebooks() instanceof TrainedCodebooks trained) {
          for (float value : trained.table(codebook, round)) {
            books.putShort(Halves.of(value));
          }
        }
      }
    }
    return books.array();
  }

  private static void putLattice(ByteBuffer books, float scale) {
    for (int row = 0; row < E8p.ROWS; row++) {
      books.putInt(E8p.packed(row));
    }
    short quarter = Halves.of(scale / 4);
    books.putShort(quarter).putShort(quarter);
  }
}
