package org.trispike.vq.bank;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Sha256;
import org.trispike.vq.TrainedCodebooks;
import org.trispike.vq.VqConfigs;
import org.trispike.vq.scan.ScanBank;
import org.trispike.vq.train.CoarseTraining;
import org.trispike.vq.train.ProductTraining;
import org.trispike.vq.train.QuantizerOptions;

/** Banks on disk, made on one machine: row i is called {@code name i}. */
public final class BankFixture {
  public static final String TEACHER = "a-teacher";
  public static final String PROJECTION = "a-projection";

  private BankFixture() {}

  /** Writes {@code rows} [n, columns] as a bank, quantized where {@code candidates} is positive. */
  public static BankManifest write(Path folder, FloatArray rows, boolean half, int candidates)
      throws IOException {
    return write(folder, rows, half, candidates, 0, 0);
  }

  /** The same with its codes in so many lists, of which a query sees some; 0 for no lists. */
  public static BankManifest write(
      Path folder, FloatArray rows, boolean half, int candidates, int lists, int probes)
      throws IOException {
    Files.createDirectories(folder);
    int n = rows.shape()[0];
    int columns = rows.shape()[1];
    List<BankPart> parts = new ArrayList<>();
    Optional<BankCodes> codes = Optional.empty();
    try (Compute compute = Computes.cpu(1)) {
      ProductTraining training =
          new ProductTraining(
              compute, new QuantizerOptions(1, 1, 10, 0, 64), VqConfigs.PQ4, n, columns);
      Optional<TrainedCodebooks> codebooks = Optional.empty();
      if (candidates > 0) {
        codebooks = Optional.of(fit(training, rows));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BankVectors.write(out, codebooks.get(), Optional.empty());
        BankFile file = write(folder, BankVectors.CODEBOOKS_FILE, out.toByteArray());
        Optional<BankLists> listed =
            lists == 0
                ? Optional.empty()
                : Optional.of(
                    lists(folder, compute, rows, training, codebooks.get(), lists, probes));
        codes = Optional.of(new BankCodes("pq4", candidates, 1, 1, file, listed));
      }
      for (int from = 0; from < n; from += BankPart.ROWS) {
        int count = Math.min(BankPart.ROWS, n - from);
        int end = (from + count) * columns;
        FloatArray some =
            new FloatArray(
                new int[] {count, columns}, Arrays.copyOfRange(rows.data(), from * columns, end));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        BankVectors.write(
            out,
            some,
            half,
            codebooks
                .filter(c -> lists == 0)
                .map(c -> ScanBank.of(training.encode(some, c)).codes()));
        String names =
            IntStream.range(from, from + count)
                .mapToObj(i -> "name " + i + "\n")
                .collect(Collectors.joining());
        parts.add(
            new BankPart(
                count,
                write(folder, BankPart.vectors(parts.size()), out.toByteArray()),
                write(
                    folder, BankPart.names(parts.size()), names.getBytes(StandardCharsets.UTF_8))));
      }
    }
    BankManifest manifest =
        new BankManifest(
            new BankSpace(TEACHER, PROJECTION, columns), half, parts, codes, Map.of("by", "test"));
    Files.write(folder.resolve(BankManifest.FILE), manifest.json());
    return manifest;
  }

  /** Two files, each with a half of the lists. */
  private static BankLists lists(
      Path folder,
      Compute compute,
      FloatArray rows,
      ProductTraining training,
      TrainedCodebooks codebooks,
      int lists,
      int probes)
      throws IOException {
    int n = rows.shape()[0];
    CoarseTraining coarse = new CoarseTraining(lists, n, rows.shape()[1]);
    float[] directions = coarse.seeds(rows.data());
    CoarseTraining.Assigned assigned = coarse.assign(compute, rows.data(), directions);
    ScanBank bank = ScanBank.of(training.encode(rows, codebooks));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BankVectors.writeCentroids(out, new FloatArray(new int[] {lists, rows.shape()[1]}, directions));
    BankFile centroids = write(folder, BankVectors.CENTROIDS_FILE, out.toByteArray());
    List<BankListFile> files = new ArrayList<>();
    for (int half = 0; half < 2; half++) {
      int from = half * (lists / 2);
      int to = half == 0 ? lists / 2 : lists;
      int[] sizes = new int[to - from];
      List<Integer> numbers = new ArrayList<>();
      ByteArrayOutputStream codes = new ByteArrayOutputStream();
      for (int list = from; list < to; list++) {
        int own = list;
        int[] members = IntStream.range(0, n).filter(i -> assigned.lists()[i] == own).toArray();
        byte[] rowCodes = new byte[members.length * bank.pairs()];
        for (int i = 0; i < members.length; i++) {
          numbers.add(members[i]);
          bank.row(members[i], rowCodes, i * bank.pairs());
        }
        codes.write(ScanBank.ordered(rowCodes, bank.pairs()));
        sizes[list - from] = members.length;
      }
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      int[] all = numbers.stream().mapToInt(i -> i).toArray();
      BankVectors.writeLists(file, sizes, all, codes.toByteArray());
      files.add(
          new BankListFile(
              sizes.length,
              all.length,
              write(folder, BankListFile.name(half), file.toByteArray())));
    }
    return new BankLists(probes, centroids, files);
  }

  private static TrainedCodebooks fit(ProductTraining training, FloatArray rows) {
    int columns = rows.shape()[1];
    int size = 16 * 4;
    float[] table = new float[training.codebooks() * size];
    for (int codebook = 0; codebook < training.codebooks(); codebook++) {
      long[] sample = training.sample(codebook);
      float[] vectors = new float[4 * sample.length];
      for (int i = 0; i < sample.length; i++) {
        int at = (int) sample[i] * columns;
        float[] row = Arrays.copyOfRange(rows.data(), at, at + columns);
        System.arraycopy(training.vector(row, codebook), 0, vectors, 4 * i, 4);
      }
      System.arraycopy(training.fit(codebook, vectors), 0, table, codebook * size, size);
    }
    int[] shape = {training.codebooks(), 1, 16, 4};
    return new TrainedCodebooks(new FloatArray(shape, table));
  }

  private static BankFile write(Path folder, String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
    return new BankFile(name, bytes.length, Sha256.of(bytes));
  }
}
