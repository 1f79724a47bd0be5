package org.trispike.vq.scan;

import java.util.Optional;
import org.trispike.kernels.cpu.VectorSupport;
import org.trispike.kernels.io.FloatArray;
import org.trispike.vq.Codebooks;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqTensor;
import org.trispike.vq.train.Rotation;

/** What all queries of a bank share: its codebooks, and the loop that suits this CPU. */
public final class CodeScan {
  private final Codebooks codebooks;
  private final int length;
  private final int columns;
  private final FloatArray rotation;
  private final Scan scan;

  /**
   * @param codebooks a table of 16 entries for each sub-space
   * @param columns of the rows
   * @param rotation of the rows before they were encoded, if there was one
   */
  public CodeScan(TrainedCodebooks codebooks, int columns, Optional<Rotation> rotation) {
    this(
        codebooks,
        codebooks.vectorLength(),
        columns,
        rotation.map(Rotation::matrix).orElse(null),
        fastest());
    int groups = (columns + length - 1) / length;
    if (codebooks.entries() != ScanBank.ENTRIES
        || codebooks.rounds() != 1
        || codebooks.count() != groups) {
      throw new IllegalArgumentException(
          codebooks.count()
              + " codebooks of "
              + codebooks.rounds()
              + " x "
              + codebooks.entries()
              + " entries, not "
              + groups
              + " of 1 x "
              + ScanBank.ENTRIES);
    }
  }

  private CodeScan(Codebooks codebooks, int length, int columns, FloatArray rotation, Scan scan) {
    this.codebooks = codebooks;
    this.length = length;
    this.columns = columns;
    this.rotation = rotation;
    this.scan = scan;
  }

  /** For the codes of a tensor, which {@link ScanBank} has put in order. */
  static CodeScan of(VqTensor tensor, Scan scan) {
    return new CodeScan(
        tensor.codebooks(),
        tensor.config().vectorLength(),
        tensor.columns(),
        tensor.rotation().orElse(null),
        scan);
  }

  static Scan fastest() {
    return VectorSupport.present() && VectorScan.fits() ? new VectorScan() : new ScalarScan();
  }

  /** How the codes are scanned, for logs and reports. */
  public String description() {
    return scan.description();
  }

  /** Bytes of the codes of so many rows. */
  public long bytes(int rows) {
    return (rows + ScanBank.BLOCK - 1L) / ScanBank.BLOCK * ScanBank.BLOCK * pairs();
  }

  private int pairs() {
    int groups = (columns + length - 1) / length;
    return (groups + 1) / 2;
  }

  /** Begins the search for the {@code count} best rows. */
  public ScanQuery query(float[] query, int count) {
    QueryTable table = QueryTable.of(codebooks, length, columns, rotation, query);
    return new ScanQuery(scan, pairs(), table.bytes(), new TopRows(count));
  }
}
