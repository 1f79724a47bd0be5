package org.trispike.vq.bank;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trispike.kernels.io.ByteArray;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.vq.TrainedCodebooks;

/** The safetensors files of a bank, for those who make one; {@link Bank} maps them. */
public final class BankVectors {
  /** The file of the codebooks. */
  public static final String CODEBOOKS_FILE = "codebooks.safetensors";

  static final String ROWS = "rows";
  static final String CODES = "codes";
  private static final String CODEBOOKS = "codebooks";

  private BankVectors() {}

  /**
   * Writes a part.
   *
   * @param rows [n, columns]
   * @param codes as {@link org.trispike.vq.scan.ScanBank#codes} has them, if there are
   */
  public static void write(OutputStream out, FloatArray rows, boolean half, Optional<byte[]> codes)
      throws IOException {
    SafeTensors.write(
        out,
        Map.of(ROWS, rows),
        half ? Set.of(ROWS) : Set.of(),
        codes.map(bytes -> Map.of(CODES, ByteArray.vector(bytes))).orElse(Map.of()),
        Map.of());
  }

  /**
   * The rows of a part, [n, columns], on the heap.
   *
   * @param length bytes of the stream
   * @param source what messages call it
   */
  public static FloatArray read(InputStream in, long length, String source, int n, int columns)
      throws IOException {
    SafeTensors tensors = SafeTensors.read(in, length, source);
    try {
      FloatArray rows = tensors.get(ROWS);
      rows.checkShape(ROWS, n, columns);
      return rows;
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(source, Reason.BAD_SHAPE, e.getMessage());
    }
  }

  /** Writes codebooks. */
  public static void write(OutputStream out, TrainedCodebooks codebooks) throws IOException {
    SafeTensors.write(out, Map.of(CODEBOOKS, codebooks.table()), Map.of(), Map.of());
  }

  static TrainedCodebooks codebooks(SafeTensors tensors) {
    return new TrainedCodebooks(tensors.get(CODEBOOKS));
  }
}
