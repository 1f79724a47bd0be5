package org.trispike.vq.bank;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trispike.kernels.io.ByteArray;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.train.Rotation;

/** The safetensors files of a bank, for those who make one; {@link Bank} maps them. */
public final class BankVectors {
  /** The file of the codebooks. */
  public static final String CODEBOOKS_FILE = "codebooks.safetensors";

  /** The file of the lists' directions. */
  public static final String CENTROIDS_FILE = "centroids.safetensors";

  static final String ROWS = "rows";
  static final String CODES = "codes";
  static final String SIZES = "sizes";
  static final String NUMBERS = "numbers";
  private static final String CODEBOOKS = "codebooks";
  private static final String ROTATION = "rotation";
  private static final String CENTROIDS = "centroids";

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

  /**
   * Writes codebooks.
   *
   * @param rotation of the rows before they were encoded, if there was one
   */
  public static void write(
      OutputStream out, TrainedCodebooks codebooks, Optional<Rotation> rotation)
      throws IOException {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    tensors.put(CODEBOOKS, codebooks.table());
    rotation.ifPresent(own -> tensors.put(ROTATION, own.matrix()));
    SafeTensors.write(out, tensors, Map.of(), Map.of());
  }

  /** Writes the directions of lists, [lists, columns]. */
  public static void writeCentroids(OutputStream out, FloatArray directions) throws IOException {
    SafeTensors.write(out, Map.of(CENTROIDS, directions), Map.of(), Map.of());
  }

  static FloatArray centroids(SafeTensors tensors) {
    return tensors.get(CENTROIDS);
  }

  /**
   * Writes consecutive lists.
   *
   * @param sizes rows of each
   * @param numbers of the rows in the bank, list after list, rising in each
   * @param codes list after list, as {@link org.trispike.vq.scan.ScanBank#ordered} has them
   */
  public static void writeLists(OutputStream out, int[] sizes, int[] numbers, byte[] codes)
      throws IOException {
    Map<String, ByteArray> tensors = new LinkedHashMap<>();
    tensors.put(SIZES, integers(sizes));
    tensors.put(NUMBERS, integers(numbers));
    tensors.put(CODES, ByteArray.vector(codes));
    SafeTensors.write(out, Map.of(), tensors, Map.of());
  }

  private static ByteArray integers(int[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return new ByteArray(new int[] {values.length, 4}, bytes.array());
  }

  static TrainedCodebooks codebooks(SafeTensors tensors) {
    return new TrainedCodebooks(tensors.get(CODEBOOKS));
  }

  /** Throws IllegalArgumentException if there is one that is none of so many columns. */
  static Optional<Rotation> rotation(SafeTensors tensors, int columns) {
    if (!tensors.tensors().containsKey(ROTATION)) {
      return Optional.empty();
    }
    tensors.get(ROTATION).checkShape(ROTATION, columns, columns);
    return Optional.of(new Rotation(tensors.get(ROTATION)));
  }
}
