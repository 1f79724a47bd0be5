package org.trispike.vq;

import java.util.Optional;
import org.trispike.kernels.io.FloatArray;

/**
 * A matrix as codes: each row is cut into vectors of x columns (the last filled up with zeros), and
 * each vector is the sum of one entry a round of its scope's codebook.
 *
 * <p>Codes lie round after round, row after row. With a rotation R [columns, columns], orthogonal,
 * the codes stand for the rows x·R; scalar products survive it, so a scan rotates its query instead
 * of the rows. Immutable.
 */
public final class VqTensor {
  private final VqConfig config;
  private final int rows;
  private final int columns;
  private final Codebooks codebooks;
  private final PackedCodes codes;
  private final FloatArray rotation;

  /**
   * @param rotation null if the codes stand for the rows themselves
   */
  public VqTensor(
      VqConfig config,
      int rows,
      int columns,
      Codebooks codebooks,
      PackedCodes codes,
      FloatArray rotation) {
    check(rows >= 1 && columns >= 1, "A matrix of " + rows + " x " + columns + " is empty");
    long expected = codeCount(config, rows, columns);
    check(
        codes.count() == expected && codes.bits() == config.indexBits(),
        codes.count()
            + " codes of "
            + codes.bits()
            + " bits, not "
            + expected
            + " of "
            + config.indexBits());
    check(
        codebooks.count() == config.codebooks(rows, columns)
            && codebooks.rounds() == config.rounds(),
        codebooks.count()
            + " codebooks of "
            + codebooks.rounds()
            + " rounds, not "
            + config.codebooks(rows, columns)
            + " of "
            + config.rounds());
    check(fits(codebooks, config), "Entries are not those of " + config.signature());
    if (rotation != null) {
      rotation.checkShape("rotation", columns, columns);
    }
    this.config = config;
    this.rows = rows;
    this.columns = columns;
    this.codebooks = codebooks;
    this.codes = codes;
    this.rotation = rotation;
  }

  /** Codes of a matrix of this size. */
  public static long codeCount(VqConfig config, int rows, int columns) {
    return (long) config.rounds() * rows * config.groups(columns);
  }

  private static boolean fits(Codebooks codebooks, VqConfig config) {
    return codebooks instanceof TrainedCodebooks trained
        ? config.kind() == CodebookKind.TRAINED
            && trained.entries() == config.entries()
            && trained.vectorLength() == config.vectorLength()
        : config.kind() == CodebookKind.E8P;
  }

  public VqConfig config() {
    return config;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Vectors of a row. */
  public int groups() {
    return config.groups(columns);
  }

  public Codebooks codebooks() {
    return codebooks;
  }

  public PackedCodes codes() {
    return codes;
  }

  public Optional<FloatArray> rotation() {
    return Optional.ofNullable(rotation);
  }

  /** Where the code of a vector lies. */
  public long position(int round, int row, int group) {
    return ((long) round * rows + row) * groups() + group;
  }

  public int code(int round, int row, int group) {
    return codes.get(position(round, row, group));
  }

  /** The codebook of a vector. */
  public int codebook(int row, int group) {
    return config.scope().codebook(row, group * config.vectorLength(), columns);
  }

  /** What the codes of one row stand for: groups · x numbers, still rotated. */
  public void decode(int row, float[] target) {
    int length = config.vectorLength();
    float[] entry = new float[length];
    for (int group = 0; group < groups(); group++) {
      int codebook = codebook(row, group);
      int at = group * length;
      codebooks.entry(codebook, 0, code(0, row, group), target, at);
      for (int round = 1; round < config.rounds(); round++) {
        codebooks.entry(codebook, round, code(round, row, group), entry, 0);
        for (int i = 0; i < length; i++) {
          target[at + i] += entry[i];
        }
      }
    }
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw new IllegalArgumentException(message);
    }
  }
}
