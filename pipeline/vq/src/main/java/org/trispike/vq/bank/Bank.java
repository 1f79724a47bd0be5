package org.trispike.vq.bank;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.MappedMatrix;
import org.trispike.kernels.io.MappedTensors;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.kernels.io.Sha256;
import org.trispike.vq.scan.BankSearch;
import org.trispike.vq.scan.Centroids;
import org.trispike.vq.scan.CodeList;
import org.trispike.vq.scan.CodePart;
import org.trispike.vq.scan.CodeScan;
import org.trispike.vq.scan.ExactRows;
import org.trispike.vq.scan.Hit;

/**
 * Class vectors by the 10^5 and more, and their names. Rows and codes stay in their files, mapped;
 * the heap has the codebooks alone. Opening looks at lengths and shapes and not at all bytes: those
 * are hashed where a bank is quantized. The files must not change while this is used.
 */
public final class Bank {
  private final Path folder;
  private final BankManifest manifest;
  private final List<MappedMatrix> rows;
  private final Optional<BankSearch> search;

  private Bank(
      Path folder, BankManifest manifest, List<MappedMatrix> rows, Optional<BankSearch> search) {
    this.folder = folder;
    this.manifest = manifest;
    this.rows = rows;
    this.search = search;
  }

  /** Opens a folder; throws {@link MalformedFileException}, naming file and fault. */
  public static Bank open(Path folder) throws IOException {
    BankManifest manifest = BankManifest.read(folder);
    List<MappedTensors> files = new ArrayList<>();
    List<MappedMatrix> rows = new ArrayList<>();
    for (BankPart part : manifest.parts()) {
      part.names().in(folder);
      MappedTensors file = MappedTensors.open(part.vectors().in(folder));
      files.add(file);
      rows.add(rows(folder, manifest, part, file));
    }
    Optional<BankSearch> search =
        manifest.codes().isPresent()
            ? Optional.of(search(folder, manifest, files, (row, target) -> copy(rows, row, target)))
            : Optional.empty();
    return new Bank(folder, manifest, rows, search);
  }

  private static BankSearch search(
      Path folder, BankManifest manifest, List<MappedTensors> files, ExactRows exact)
      throws IOException {
    CodeScan scan = scan(folder, manifest);
    Optional<BankLists> listed = manifest.codes().orElseThrow().lists();
    if (listed.isEmpty()) {
      List<CodePart> codes = new ArrayList<>();
      for (BankPart part : manifest.parts()) {
        codes.add(codes(part.vectors().in(folder), files.get(codes.size()), part, scan));
      }
      return new BankSearch(scan, codes, exact);
    }
    List<CodeList> lists = new ArrayList<>();
    for (BankListFile file : listed.get().files()) {
      lists.addAll(ListTensors.open(file.codes().in(folder), file, manifest.rows(), scan));
    }
    Centroids centroids = centroids(folder, listed.get(), manifest.space().columns());
    return new BankSearch(scan, centroids, lists, listed.get().probes(), exact);
  }

  private static Centroids centroids(Path folder, BankLists lists, int columns) throws IOException {
    Path file = checked(folder, lists.centroids());
    try {
      FloatArray directions = BankVectors.centroids(SafeTensors.read(file));
      directions.checkShape("centroids", lists.count(), columns);
      return new Centroids(directions);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file.toString(), Reason.BAD_SHAPE, e.getMessage());
    }
  }

  /** A file all of whose bytes are read: it must be the one that was named. */
  private static Path checked(Path folder, BankFile named) throws IOException {
    Path file = named.in(folder);
    if (!Sha256.of(file).equals(named.sha256())) {
      throw new MalformedFileException(
          file.toString(), Reason.BAD_FIELD, "its SHA-256 is not the one in " + BankManifest.FILE);
    }
    return file;
  }

  private static CodeScan scan(Path folder, BankManifest manifest) throws IOException {
    Path file = checked(folder, manifest.codes().orElseThrow().codebooks());
    try {
      SafeTensors tensors = SafeTensors.read(file);
      int columns = manifest.space().columns();
      return new CodeScan(
          BankVectors.codebooks(tensors), columns, BankVectors.rotation(tensors, columns));
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file.toString(), Reason.BAD_SHAPE, e.getMessage());
    }
  }

  private static MappedMatrix rows(
      Path folder, BankManifest manifest, BankPart part, MappedTensors file) throws IOException {
    MappedMatrix matrix = file.matrix(BankVectors.ROWS);
    int columns = manifest.space().columns();
    if (matrix.rows() != part.rows() || matrix.columns() != columns) {
      throw new MalformedFileException(
          part.vectors().in(folder).toString(),
          Reason.BAD_SHAPE,
          "rows are "
              + matrix.rows()
              + " x "
              + matrix.columns()
              + ", "
              + BankManifest.FILE
              + " says "
              + part.rows()
              + " x "
              + columns);
    }
    return matrix;
  }

  private static CodePart codes(Path file, MappedTensors tensors, BankPart part, CodeScan scan)
      throws IOException {
    ByteBuffer codes = tensors.bytes(BankVectors.CODES);
    long expected = scan.bytes(part.rows());
    if (codes.remaining() != expected) {
      throw new MalformedFileException(
          file.toString(),
          Reason.BAD_SHAPE,
          "codes are " + codes.remaining() + " bytes, not " + expected);
    }
    return new CodePart(codes, part.rows());
  }

  private static void copy(List<MappedMatrix> parts, int row, float[] target) {
    parts.get(row / BankPart.ROWS).row(row % BankPart.ROWS, target);
  }

  public BankManifest manifest() {
    return manifest;
  }

  /**
   * The {@code top} rows of largest product with {@code query}, best first: of a quantized bank the
   * best of its candidates by exact product, of any other the best of all. Where there are lists,
   * candidates are of the nearest of them.
   */
  public List<Hit> search(float[] query, int top) {
    if (query.length != manifest.space().columns()) {
      throw new IllegalArgumentException(
          "A query of " + query.length + " numbers meets rows of " + manifest.space().columns());
    }
    if (search.isPresent()) {
      int candidates = manifest.codes().orElseThrow().candidates();
      return search.get().search(query, top, Math.max(top, candidates));
    }
    IntStream all = IntStream.range(0, manifest.rows());
    return BankSearch.exact(all, (row, target) -> copy(rows, row, target), query, top);
  }

  /**
   * The rows of one part on the heap, [n, columns], for those who need no search: only that part's
   * file is opened.
   */
  public static FloatArray rows(Path folder, BankManifest manifest, int number) throws IOException {
    BankPart part = manifest.parts().get(number);
    MappedMatrix matrix =
        rows(folder, manifest, part, MappedTensors.open(part.vectors().in(folder)));
    int columns = matrix.columns();
    float[] values = new float[matrix.rows() * columns];
    float[] row = new float[columns];
    for (int i = 0; i < matrix.rows(); i++) {
      matrix.row(i, row);
      System.arraycopy(row, 0, values, i * columns, columns);
    }
    return new FloatArray(new int[] {matrix.rows(), columns}, values);
  }

  /** The names of one part, in the order of its rows. */
  public static List<String> names(Path folder, BankManifest manifest, int number)
      throws IOException {
    BankPart part = manifest.parts().get(number);
    Path file = part.names().in(folder);
    try (Stream<String> lines = Files.lines(file)) {
      List<String> names = lines.toList();
      if (names.size() != part.rows()) {
        throw new MalformedFileException(
            file.toString(),
            Reason.TRUNCATED,
            "has " + names.size() + " lines, its part has " + part.rows() + " rows");
      }
      return names;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The name of a row. Reads its part's names up to there: for results, not for loops. */
  public String name(int row) throws IOException {
    Path file = manifest.parts().get(row / BankPart.ROWS).names().in(folder);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      String name = lines.readLine();
      for (int i = 0; i < row % BankPart.ROWS && name != null; i++) {
        name = lines.readLine();
      }
      if (name == null) {
        throw new MalformedFileException(
            file.toString(), Reason.TRUNCATED, "has fewer lines than its part has rows");
      }
      return name;
    }
  }
}
