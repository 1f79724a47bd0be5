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
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.ProgramVersion;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Sha256;
import org.trispike.training.bank.CodesTask.Coded;
import org.trispike.training.bank.CodesTask.Shared;
import org.trispike.vq.bank.BankCodes;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankListFile;
import org.trispike.vq.bank.BankLists;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankVectors;
import org.trispike.vq.scan.Centroids;

/**
 * Adds 4-bit codes to a bank. A rotation is fitted to some rows, and sub-spaces are fitted apart,
 * each by one task to its own sample, and parts are encoded apart: the codes are those of one
 * machine, bit for bit, in whatever shares Spark does the work. Rows of a large bank are put into
 * lists, and codes lie list by list. How many lists a search sees, and how many candidates are
 * ranked exactly, see {@link Depths}.
 */
public final class QuantizeAction {
  private static final String FINGERPRINT = "fingerprint";

  private final BankJob job;
  private final BankConfig config;
  private final ArtefactFolder folder;

  public QuantizeAction(SparkSession session, BankConfig config, Progress progress) {
    this.job = BankJob.of("quantize", session, config, progress);
    this.config = config;
    this.folder = ArtefactFolder.of(job.hadoop(), config.output(), BankManifest.FILE);
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
    BankManifest bank = input(job.hadoop(), config);
    Optional<NamingModel> model =
        config.namedBy().isEmpty()
            ? Optional.empty()
            : Optional.of(NamingModel.of(job.hadoop(), config.namedBy(), folder, bank.space()));
    QuantizeResult result = quantize(bank);
    model.ifPresent(
        naming -> {
          naming.name(result.id());
          job.line(config.namedBy() + " names " + folder.root() + " now");
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
      job.line(folder.root() + " is finished already");
      return result(BankStore.manifest(folder));
    }
    try {
      List<NumberedPart> parts = new ArrayList<>();
      bank.parts().forEach(part -> parts.add(new NumberedPart(parts.size(), part)));
      float[] directions =
          lists == 0 ? new float[0] : new ListTraining(job, bank).directions(lists, parts);
      Shared shared = new CodebooksStage(job, bank).run(parts, directions);
      CodesStage stage = new CodesStage(job, folder);
      BankManifest manifest = manifest(bank, shared, stage.run(bank, parts, shared), provenance);
      folder.publish(manifest.json());
      QuantizeResult result = result(manifest);
      job.progress().finish(result.sentence());
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
                    out, shared.trained(), Pq4.rotation(shared.rotation(), shared.columns())));
    List<Recall> recalls = encoded.parts().stream().map(Coded::recall).toList();
    int[] ranks = Recall.ranks(recalls);
    int[] places = places(shared, recalls);
    Depths depths =
        Depths.of(ranks, places, Math.max(1, shared.lists()), Math.max(0, config.probes()));
    job.line(String.format(Locale.ROOT, "recall@1 of the codes alone %.3f", share(ranks, 1)));
    if (shared.lists() > 0 && depths.probes() == shared.lists()) {
      job.line("all lists are searched, which saves nothing; see bank.lists = 0");
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
      job.line(
          String.format(
              Locale.ROOT,
              "the best row is in the nearest %s lists for %s of the queries",
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
