package org.trispike.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.geometry.Views;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Sha256;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.InferencePaths;
import org.trispike.spiking.SpikePath;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.bank.BankConfig;
import org.trispike.training.bank.QuantizeAction;
import org.trispike.vq.bank.Bank;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankSpace;
import org.trispike.vq.bank.BankVectors;

/** Evaluation over the names of a bank of two parts, three of which are the shapes' categories. */
final class EvaluateNamesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int ROWS = BankPart.ROWS + 300;
  private static final List<Integer> NAMED = List.of(7, BankPart.ROWS - 1, BankPart.ROWS + 9);

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static SparkSession spark;
  private static TinyWorld world;
  private static float[] rows;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("names")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    world = new TinyWorld(shared, spark);
    Alignment alignment = world.model.alignment().orElseThrow();
    rows = TinyWorld.gaussian(9, ROWS * alignment.width());
    // The rows of the categories are near to some shapes, so that they are found for some.
    List<float[]> shapes = directions();
    for (int k = 0; k < 3; k++) {
      for (int c = 0; c < alignment.width(); c++) {
        rows[NAMED.get(k) * alignment.width() + c] = 9 * shapes.get(k)[c];
      }
    }
    write(
        shared.resolve("names"),
        new BankSpace(world.teacherId, alignment.projectionId(), alignment.width()));
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static void write(Path target, BankSpace space) throws IOException {
    Files.createDirectories(target);
    List<BankPart> parts = new ArrayList<>();
    for (int from = 0; from < ROWS; from += BankPart.ROWS) {
      int count = Math.min(BankPart.ROWS, ROWS - from);
      int width = space.columns();
      float[] some = Arrays.copyOfRange(rows, from * width, (from + count) * width);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      BankVectors.write(
          out, new FloatArray(new int[] {count, width}, some), false, Optional.empty());
      StringBuilder names = new StringBuilder();
      for (int i = from; i < from + count; i++) {
        int category = NAMED.indexOf(i);
        names.append(category < 0 ? "row " + i : TinyWorld.CATEGORIES.get(category)).append('\n');
      }
      byte[] text = names.toString().getBytes(StandardCharsets.UTF_8);
      parts.add(
          new BankPart(
              count,
              file(target, BankPart.vectors(parts.size()), out.toByteArray()),
              file(target, BankPart.names(parts.size()), text)));
    }
    BankManifest manifest = new BankManifest(space, false, parts, Optional.empty(), Map.of());
    Files.write(target.resolve(BankManifest.FILE), manifest.json());
  }

  private static BankFile file(Path target, String name, byte[] bytes) throws IOException {
    Files.write(target.resolve(name), bytes);
    return new BankFile(name, bytes.length, Sha256.of(bytes));
  }

  private static List<Triplet> validation() {
    String dataset = world.run + "/embedded";
    Configuration conf = new Configuration();
    List<Triplet> triplets = new ArrayList<>();
    for (var shard : DatasetManifest.read(conf, dataset).shards(Split.VALIDATION)) {
      try (ShardReader<Triplet> reader =
          ShardReader.open(conf, DatasetManifest.path(dataset, shard), Column.all())) {
        reader.forEach(triplets::add);
      }
    }
    return triplets;
  }

  /** Of each shape of the validation split, the sum of its views' directions. */
  private static List<float[]> directions() {
    Alignment alignment = world.model.alignment().orElseThrow();
    List<float[]> directions = new ArrayList<>();
    try (var compute = Computes.cpu(1);
        var runtime = world.model.open(compute, InferencePaths.always(SpikePath.INTEGER))) {
      for (Triplet triplet : validation()) {
        float[] sum = new float[alignment.width()];
        for (float[] pooled : runtime.run(Views.of(triplet.points(), 2)).features()) {
          float[] unit = alignment.embed(pooled);
          for (int c = 0; c < sum.length; c++) {
            sum[c] += unit[c];
          }
        }
        directions.add(sum);
      }
    }
    return directions;
  }

  private static double product(int row, float[] direction) {
    double product = 0;
    for (int c = 0; c < direction.length; c++) {
      product += (double) rows[row * direction.length + c] * direction[c];
    }
    return product;
  }

  private JsonNode evaluate(String... settings) throws IOException {
    List<String> all = new ArrayList<>(List.of(settings));
    all.add("evaluate.output = \"" + folder.resolve("out") + "\"");
    EvaluateConfig config = EvaluateConfig.from(world.config(all.toArray(String[]::new)));
    EvaluationResult result = new EvaluateAction(spark, config, Progress.silent()).run();
    JsonNode root = MAPPER.readTree(result.json());
    assertThat(result.sentences().stream().anyMatch(s -> s.startsWith("open vocabulary: top-1")))
        .isEqualTo(root.has("bank"));
    return root;
  }

  private Path quantized(Path model) throws IOException {
    world.model.write(model);
    Path codes = folder.resolve("codes");
    BankConfig config =
        BankConfig.from(
            world.config(
                "bank { input = \"" + shared.resolve("names") + "\", queries = 20",
                "output = \"" + codes + "\", named-by = \"" + model + "\" }"));
    var unused = new QuantizeAction(spark, config, Progress.silent()).run();
    return codes;
  }

  @Test
  void namesOfTheBankThatTheModelNamesAreRankedAsLoopsDo() throws IOException {
    Path model = folder.resolve("somewhere/model");
    Path codes = quantized(model);
    assertThat(SpikingModel.read(model).bank().orElseThrow().path()).isEqualTo("../../codes");
    JsonNode bank = evaluate("evaluate.model = \"" + model + "\"").get("bank");

    Bank search = Bank.open(codes);
    List<Triplet> triplets = validation();
    List<float[]> directions = directions();
    int[] exact = new int[6];
    int[] found = new int[6];
    int labelled = 0;
    int same = 0;
    for (int i = 0; i < triplets.size(); i++) {
      float[] direction = directions.get(i);
      List<Integer> best =
          IntStream.range(0, ROWS)
              .boxed()
              .sorted(Comparator.comparingDouble(row -> -product(row, direction)))
              .limit(5)
              .toList();
      List<Integer> hits = search.search(direction, 256).stream().map(h -> h.row()).toList();
      same += hits.get(0).equals(best.get(0)) ? 1 : 0;
      int category = TinyWorld.CATEGORIES.indexOf(triplets.get(i).category());
      if (category >= 0) {
        labelled++;
        count(exact, best.indexOf(NAMED.get(category)));
        count(found, hits.subList(0, 5).indexOf(NAMED.get(category)));
      }
    }
    assertThat(bank.get("id").asText()).isEqualTo(search.manifest().id());
    assertThat(bank.get("names").asInt()).isEqualTo(ROWS);
    assertThat(bank.get("shapes").asInt()).isEqualTo(labelled);
    assertThat(bank.get("compared").asInt()).isEqualTo(triplets.size());
    assertThat(bank.get("recall_at_1").asDouble()).isEqualTo((double) same / triplets.size());
    for (int k : new int[] {1, 3, 5}) {
      assertThat(bank.get("top" + k).asDouble()).isEqualTo((double) found[k] / labelled);
      assertThat(bank.at("/exact/top" + k).asDouble()).isEqualTo((double) exact[k] / labelled);
    }
    assertThat(exact[5]).isPositive();
  }

  private static void count(int[] within, int place) {
    for (int k = place + 1; place >= 0 && k < within.length; k++) {
      within[k]++;
    }
  }

  @Test
  void aBankIsGivenOrLeftOut() throws IOException {
    assertThat(evaluate("evaluate.bank = none").has("bank")).isFalse();
    Path own = folder.resolve("model");
    Path codes = quantized(own);
    String model = "evaluate.model = \"" + own + "\"";
    assertThatThrownBy(() -> evaluate(model))
        .hasMessageContaining("already holds a finished result of another input");
    Files.delete(folder.resolve("out/evaluation.json"));
    Files.delete(folder.resolve("out/examples.json"));
    JsonNode all = evaluate(model, "evaluate.bank = \"" + shared.resolve("names") + "\"");
    assertThat(all.at("/bank/recall_at_1").asDouble()).isEqualTo(1);
    Files.delete(codes.resolve(BankManifest.FILE));
    assertThatThrownBy(() -> evaluate(model))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("codes holds no bank that can be used: ")
        .hasMessageEndingWith("leave the bank out with evaluate.bank = none");
  }

  @Test
  void aBankThatDoesNotFitIsNamed() throws IOException {
    Path other = folder.resolve("other");
    write(other, new BankSpace("another", "some", world.model.alignment().get().width()));
    assertThatThrownBy(() -> evaluate("evaluate.bank = \"" + other + "\""))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("teacher is another, the model's is " + world.teacherId);
    assertThat(folder.resolve("out")).doesNotExist();
    assertThatThrownBy(() -> evaluate("evaluate.bank = \"s3a://bucket/names\""))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("s3a://bucket/names is no local path, and a bank is mapped");
    BankConfig config =
        BankConfig.from(
            world.config(
                "bank { input = \"" + other + "\", output = \"" + folder.resolve("codes") + "\"",
                "named-by = \"" + world.run.resolve("model") + "\" }"));
    assertThatThrownBy(() -> new QuantizeAction(spark, config, Progress.silent()).run())
        .isInstanceOf(UserError.class)
        .hasMessageContaining("cannot use this bank: teacher is another");
    assertThat(folder.resolve("codes")).doesNotExist();
  }
}
