package org.trispike.training.bank;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.ProgramVersion;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.SparkStage;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.KeyedPermutation;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Sha256;
import org.trispike.training.bank.CodesTask.Coded;
import org.trispike.training.bank.CodesTask.Shared;
import org.trispike.vq.bank.BankCodes;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankListFile;
import org.trispike.vq.bank.BankLists;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankVectors;
import org.trispike.vq.scan.Centroids;
import org.trispike.vq.train.ProductTraining;

/**
 * Adds 4-bit codes to a bank. A rotation is fitted to some rows, and sub-spaces are fitted apart,
 * each by one task to its own sample, and parts are encoded apart: the codes are those of one
 * machine, bit for bit, in whatever shares Spark does the work. Rows of a large bank are put into
 * lists, and codes lie list by list. How many lists a search sees, and how many candidates are
 * ranked exactly, see {@link Depths}.
 */
public final class QuantizeAction {
  private static final String GROUP = "quantize";
  private static final String FINGERPRINT = "fingerprint";
  private static final long ROTATION_SEED = 13;

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final BankConfig config;
  private final Progress progress;
  private final ArtefactFolder folder;

  public QuantizeAction(SparkSession session, BankConfig config, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.config = config;
    this.progress = progress;
    this.folder = ArtefactFolder.of(hadoop, config.output(), BankManifest.FILE);
  }

  /** What would be made, without making it. */
  public static String plan(Configuration hadoop, BankConfig config) {
    BankManifest bank = input(hadoop, config);
    long bytes = (long) bank.rows() * bank.space().columns() / 8;
    return String.format(
        Locale.ROOT,
        "%,d rows of %d in %s → %s, %.1f MB of codes in %,d lists",
        bank.rows(),
        bank.space().columns(),
        config.input(),
        config.output(),
        bytes / 1e6,
        Math.max(1, config.lists(bank.rows())));
  }

  private static BankManifest input(Configuration hadoop, BankConfig config) {
    if (config.input().isEmpty()) {
      throw UserError.usage("bank.input is missing, the folder of the bank: --bank DIR");
    }
    return BankStore.manifest(ArtefactFolder.of(hadoop, config.input(), BankManifest.FILE));
  }

  /**
   * @throws UserError if there is no bank, its files are not those that it names, or the folder
   *     holds other work
   */
  public QuantizeResult run() {
    BankManifest bank = input(hadoop, config);
    Optional<NamingModel> model =
        config.namedBy().isEmpty()
            ? Optional.empty()
            : Optional.of(NamingModel.of(hadoop, config.namedBy(), folder, bank.space()));
    QuantizeResult result = quantize(bank);
    model.ifPresent(
        naming -> {
          naming.name(result.id());
          progress.line("quantize: " + config.namedBy() + " names " + folder.root() + " now");
        });
    return result;
  }

  private QuantizeResult quantize(BankManifest bank) {
    int lists = config.lists(bank.rows());
    if (config.probes() > Math.max(1, lists)) {
      throw UserError.usage(
          "bank.probes is " + config.probes() + ", and the bank gets " + lists + " lists");
    }
    Map<String, String> provenance = provenance(bank, lists);
    ArtefactFolder.Claim claim =
        folder.claim(
            provenance.get(FINGERPRINT),
            BankStore.provenance(folder, FINGERPRINT),
            config.resume(),
            List.of());
    if (claim == ArtefactFolder.Claim.COMPLETE) {
      progress.line("quantize: " + folder.root() + " is finished already");
      return result(BankStore.manifest(folder));
    }
    try {
      List<NumberedPart> parts = new ArrayList<>();
      bank.parts().forEach(part -> parts.add(new NumberedPart(parts.size(), part)));
      float[] rotation = rotation(bank, parts);
      List<SampleTask.Share> shares = sample(bank, parts, rotation);
      float[] directions =
          lists == 0
              ? new float[0]
              : new ListTraining(spark, hadoop, config.input(), bank, progress)
                  .directions(lists, parts, GROUP);
      Shared shared =
          new Shared(fit(bank, shares), rotation, queries(bank, shares), columns(bank), directions);
      CodesStage stage = new CodesStage(spark, hadoop, config, folder, progress, GROUP);
      BankManifest manifest = manifest(bank, shared, stage.run(bank, parts, shared), provenance);
      folder.publish(manifest.json());
      QuantizeResult result = result(manifest);
      progress.finish(result.sentence());
      return result;
    } catch (IOException e) {
      throw UserError.environment("Cannot write to " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  private Map<String, String> provenance(BankManifest bank, int lists) {
    Map<String, String> provenance = new LinkedHashMap<>(bank.provenance());
    provenance.put("bank", bank.id());
    provenance.put("quantize.program", ProgramVersion.text());
    String decided = bank.id() + "\n" + Pq4.CONFIG + "\n" + config.queries();
    String listed = "\n" + config.rotation() + "\n" + lists + "\n" + config.probes();
    provenance.put(FINGERPRINT, Sha256.of(decided + listed));
    return provenance;
  }

  private static int columns(BankManifest bank) {
    return bank.space().columns();
  }

  /** A rotation that suits the codes, fitted to some rows; empty where none is asked for. */
  private float[] rotation(BankManifest bank, List<NumberedPart> parts) {
    if (config.rotation() == 0) {
      return new float[0];
    }
    int count = Math.min(Pq4.ROTATED, bank.rows());
    KeyedPermutation order = new KeyedPermutation(bank.rows(), ROTATION_SEED);
    long[] sample = LongStream.range(0, count).map(order::apply).sorted().toArray();
    String description = "quantize: a sample for the rotation";
    progress.start(description, parts.size());
    float[] rows =
        Rows.flat(
            SparkStage.collect(
                spark,
                spark
                    .parallelize(parts, parts.size())
                    .map(new DrawTask(config.input(), columns(bank), sample, hadoop)),
                GROUP,
                description,
                progress,
                done -> done + " of " + parts.size() + " parts"));
    progress.line("quantize: a rotation, in " + config.rotation() + " rounds");
    try (Compute compute = Computes.cpu(1)) {
      FloatArray matrix = new FloatArray(new int[] {count, columns(bank)}, rows);
      return Pq4.rotation(compute, matrix, config.rotation()).matrix().data();
    }
  }

  private List<SampleTask.Share> sample(
      BankManifest bank, List<NumberedPart> parts, float[] rotation) {
    String description = "quantize: samples of " + bank.rows() + " rows of " + config.input();
    progress.start(description, parts.size());
    Broadcast<float[]> broadcast = spark.broadcast(rotation);
    try {
      return SparkStage.collect(
          spark,
          spark
              .parallelize(parts, parts.size())
              .map(
                  new SampleTask(
                      config.input(),
                      bank.rows(),
                      columns(bank),
                      config.queries(),
                      broadcast,
                      hadoop)),
          GROUP,
          description,
          progress,
          done -> done + " of " + parts.size() + " parts");
    } finally {
      broadcast.destroy();
    }
  }

  /** All codebooks, one after the other. */
  private float[] fit(BankManifest bank, List<SampleTask.Share> shares) {
    List<FitTask.Sample> samples = new ArrayList<>();
    try (Compute compute = Computes.cpu(1)) {
      ProductTraining training = Pq4.training(compute, bank.rows(), columns(bank));
      for (int number = 0; number < training.codebooks(); number++) {
        int codebook = number;
        List<float[]> lists = shares.stream().map(share -> share.vectors()[codebook]).toList();
        float[] vectors = inOrder(training.sample(number), lists, Pq4.CONFIG.vectorLength());
        samples.add(new FitTask.Sample(number, vectors));
      }
    }
    String description = "quantize: " + samples.size() + " codebooks";
    progress.start(description, samples.size());
    return Rows.joined(
        SparkStage.collect(
            spark,
            spark.parallelize(samples, samples.size()).map(new FitTask(bank.rows(), columns(bank))),
            GROUP,
            description,
            progress,
            done -> done + " of " + samples.size() + " codebooks"));
  }

  private float[] queries(BankManifest bank, List<SampleTask.Share> shares) {
    long[] rows = HeldOut.rows(bank.rows(), config.queries());
    List<float[]> lists =
        shares.stream().map(share -> Rows.joined(Arrays.asList(share.queries()))).toList();
    int length = columns(bank);
    float[] drawn = inOrder(rows, lists, length);
    List<float[]> queries = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      float[] row = Arrays.copyOfRange(drawn, i * length, (i + 1) * length);
      queries.add(HeldOut.disturb(rows[i], row));
    }
    return Rows.joined(queries);
  }

  /** Vectors of these rows from the parts' lists, each of which is in the same order. */
  private static float[] inOrder(long[] rows, List<float[]> parts, int length) {
    int[] next = new int[parts.size()];
    float[] all = new float[Math.multiplyExact(rows.length, length)];
    for (int i = 0; i < rows.length; i++) {
      int part = (int) (rows[i] / BankPart.ROWS);
      System.arraycopy(parts.get(part), next[part]++ * length, all, i * length, length);
    }
    return all;
  }

  private BankManifest manifest(
      BankManifest bank, Shared shared, CodesStage.Encoded encoded, Map<String, String> provenance)
      throws IOException {
    String name = BankVectors.CODEBOOKS_FILE;
    BankFile codebooks =
        BankStore.write(
            folder.create(name),
            name,
            out ->
                BankVectors.write(
                    out, shared.trained(), Pq4.rotation(shared.rotation(), columns(bank))));
    List<Recall> recalls = encoded.parts().stream().map(Coded::recall).toList();
    int[] places = places(shared, recalls);
    Depths depths =
        Depths.of(recalls, places, Math.max(1, shared.lists()), Math.max(0, config.probes()));
    progress.line(
        String.format(
            Locale.ROOT,
            "quantize: recall@1 of the codes alone %.3f",
            share(Recall.ranks(recalls), 1)));
    if (shared.lists() > 0 && depths.probes() == shared.lists()) {
      progress.line("quantize: all lists are searched, which saves nothing; see bank.lists = 0");
    }
    return new BankManifest(
        bank.space(),
        bank.half(),
        encoded.parts().stream().map(Coded::part).toList(),
        Optional.of(
            new BankCodes(
                Pq4.CONFIG.name(),
                depths.candidates(),
                depths.recall(),
                shared.matrix().shape()[0],
                codebooks,
                lists(shared, depths, encoded.files()))),
        provenance);
  }

  /** For each query the place of its best row's list among those nearest to it. */
  private int[] places(Shared shared, List<Recall> recalls) {
    int[] places = new int[shared.matrix().shape()[0]];
    if (shared.lists() > 0) {
      Centroids centroids = new Centroids(shared.directionMatrix());
      int[] lists = Recall.lists(recalls);
      for (int query = 0; query < places.length; query++) {
        int own = lists[query];
        int[] order = centroids.nearest(shared.query(query), shared.lists());
        places[query] = IntStream.range(0, order.length).filter(i -> order[i] == own).sum();
      }
      int[] probes =
          IntStream.iterate(1, some -> some <= shared.lists(), some -> 4 * some).toArray();
      progress.line(
          String.format(
              Locale.ROOT,
              "quantize: the best row is in the nearest %s lists for %s of the queries",
              words(probes, some -> Integer.toString(some)),
              words(probes, some -> String.format(Locale.ROOT, "%.3f", share(places, some)))));
    }
    return places;
  }

  private static String words(int[] values, IntFunction<String> word) {
    return IntStream.of(values).mapToObj(word).collect(Collectors.joining(", "));
  }

  private static double share(int[] places, int below) {
    return Arrays.stream(places).filter(place -> place < below).count() / (double) places.length;
  }

  private Optional<BankLists> lists(Shared shared, Depths depths, List<BankListFile> files)
      throws IOException {
    if (shared.lists() == 0) {
      return Optional.empty();
    }
    String name = BankVectors.CENTROIDS_FILE;
    BankFile centroids =
        BankStore.write(
            folder.create(name),
            name,
            out -> BankVectors.writeCentroids(out, shared.directionMatrix()));
    return Optional.of(new BankLists(depths.probes(), centroids, files));
  }

  private QuantizeResult result(BankManifest manifest) {
    return new QuantizeResult(
        config.output(), manifest.id(), manifest.rows(), manifest.codes().orElseThrow());
  }
}
