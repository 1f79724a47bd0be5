package org.trispike.training.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Views;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.Quarantine;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.source.BadRow;
import org.trispike.kernels.Computes;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.Inference;
import org.trispike.spiking.InferencePaths;
import org.trispike.spiking.LayerActivity;
import org.trispike.spiking.Ranked;
import org.trispike.spiking.SpikePath;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.classes.ClassList;
import org.trispike.training.classes.ClassPrompts;

final class EvaluateActionTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TempDir private static Path shared;
  @TempDir private Path folder;
  private static SparkSession spark;
  private static TinyWorld world;

  /** Of the validation split, with a twin, in {@code plain/}; most tests look at this one. */
  private static EvaluationResult plain;

  @BeforeAll
  static void begin() throws IOException {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .appName("evaluate")
            .config("spark.ui.enabled", false)
            .getOrCreate();
    world = new TinyWorld(shared, spark);
    plain =
        run(
            world.config(
                "evaluate.twin = \"" + shared.resolve("twin") + "\"",
                "evaluate.output = \"" + shared.resolve("plain") + "\""));
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private static EvaluationResult run(Config config) {
    return new EvaluateAction(spark, EvaluateConfig.from(config), Progress.silent()).run();
  }

  private Config toFolder(String... others) {
    List<String> all = new ArrayList<>(List.of(others));
    all.add("evaluate.output = \"" + folder + "\"");
    return world.config(all.toArray(String[]::new));
  }

  private static Set<String> listing(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return new TreeSet<>(
          files.filter(Files::isRegularFile).map(f -> root.relativize(f).toString()).toList());
    }
  }

  private JsonNode json(String name) throws IOException {
    return MAPPER.readTree(folder.resolve(name).toFile());
  }

  private static JsonNode plainJson(String name) throws IOException {
    return MAPPER.readTree(shared.resolve("plain").resolve(name).toFile());
  }

  private static List<Triplet> validation() {
    String dataset = world.run + "/embedded";
    Configuration conf = new Configuration();
    List<Triplet> rows = new ArrayList<>();
    for (var shard : DatasetManifest.read(conf, dataset).shards(Split.VALIDATION)) {
      try (ShardReader<Triplet> reader =
          ShardReader.open(conf, DatasetManifest.path(dataset, shard), Column.all())) {
        reader.forEach(rows::add);
      }
    }
    return rows;
  }

  /** A second way to every figure: one loop over the rows, with the model as a user has it. */
  private static final class Naive {
    final int[] within = new int[6];
    int labelled;
    double millijoules;
    double denseMacs;
    final List<float[]> shapes = new ArrayList<>();

    Naive(SpikingModel model, List<Triplet> rows, int views) {
      try (var compute = Computes.cpu(1);
          var runtime = model.open(compute, InferencePaths.always(SpikePath.INTEGER))) {
        for (Triplet row : rows) {
          var batch = Views.of(row.points(), views);
          Inference inference = runtime.run(batch);
          shapes.add(direction(model.alignment().orElseThrow(), inference));
          for (LayerActivity layer : inference.activities()) {
            boolean real = layer.realValuedInput();
            double picojoules = real ? 4.6 : 0.9;
            double share = real ? 1 : layer.spikes() / layer.inputs();
            millijoules += picojoules * layer.macs() * share * 1e-9;
            denseMacs += layer.macs();
          }
          count(runtime.classify(batch, 3), row.category());
        }
      }
    }

    private void count(List<Ranked> ranked, String category) {
      List<String> names = ranked.stream().map(Ranked::name).toList();
      if (TinyWorld.CATEGORIES.contains(category)) {
        labelled++;
        for (int k = names.indexOf(category); k < within.length; k++) {
          within[k]++;
        }
      }
    }

    private static float[] direction(Alignment alignment, Inference inference) {
      float[] sum = new float[alignment.width()];
      for (float[] pooled : inference.features()) {
        float[] unit = alignment.embed(pooled);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += unit[i];
        }
      }
      return sum;
    }

    double top(int k) {
      return (double) within[k - 1] / labelled;
    }
  }

  @Test
  void measuresASplitAsALoopOverItsRowsDoes() throws IOException {
    assertThat(listing(shared.resolve("plain")))
        .containsExactly("evaluation.json", "examples.json");

    List<Triplet> rows = validation();
    Naive naive = new Naive(world.model, rows, 2);
    Naive twin = new Naive(world.twin, rows, 2);
    JsonNode root = plainJson("evaluation.json");
    assertThat(root.at("/data/shapes").asInt()).isEqualTo(rows.size()).isEqualTo(18);
    assertThat(root.at("/data/unlabelled").asInt()).isEqualTo(rows.size() - naive.labelled);
    assertThat(root.at("/data/source").asText()).startsWith("validation split of ");
    assertThat(root.at("/rotations").asInt()).isEqualTo(2);
    assertThat(root.at("/zero_shot/shapes").asInt()).isEqualTo(naive.labelled);
    assertThat(root.at("/zero_shot/top1").asDouble()).isEqualTo(naive.top(1));
    assertThat(root.at("/zero_shot/top3").asDouble()).isEqualTo(1);
    assertThat(root.at("/twin/zero_shot/top1").asDouble()).isEqualTo(twin.top(1));
    double shapes = rows.size();
    assertThat(root.at("/energy/energy_mj_per_shape").asDouble())
        .isCloseTo(naive.millijoules / shapes, within(1e-9));
    assertThat(root.at("/energy/ann_energy_mj_per_shape").asDouble())
        .isCloseTo(4.6e-9 * naive.denseMacs / shapes, within(1e-9));
    assertThat(root.at("/twin/energy_mj_per_shape").asDouble())
        .isCloseTo(4.6e-9 * twin.denseMacs / shapes, within(1e-9));
    assertThat(root.at("/energy/text_tower").isMissingNode()).isTrue();
    assertThat(plain.sentences().get(0))
        .contains("over " + naive.labelled + " shapes of 3 classes");
    assertThat(plain.sentences()).anyMatch(s -> s.startsWith("relu twin: top-1"));
  }

  @Test
  void aNearestNeighbourStandsBesideTheModel() throws IOException {
    Neighbours neighbours = Neighbours.read(world.run.resolve("model")).orElseThrow();
    long right =
        validation().stream()
            .filter(r -> TinyWorld.CATEGORIES.contains(r.category()))
            .filter(r -> neighbours.rank(r.points()).get(0).equals(r.category()))
            .count();
    JsonNode root = plainJson("evaluation.json").get("neighbour");
    assertThat(root.get("references").asInt()).isEqualTo(3);
    assertThat(root.get("top1").asDouble()).isEqualTo(right / root.get("shapes").asDouble());
    // Boxes differ by their proportions, so that it must be better than guessing.
    assertThat(root.get("top1").asDouble()).isGreaterThan(0.6);
  }

  @Test
  void layersAndConfusionAddUpToTheTotals() throws IOException {
    JsonNode root = plainJson("evaluation.json");
    double picojoules = 0;
    for (JsonNode layer : root.get("layers")) {
      picojoules += layer.get("energy_pj").asDouble();
      boolean real = layer.get("input").asText().equals("real");
      double operations = layer.get(real ? "macs" : "acs").asDouble();
      assertThat(layer.get(real ? "acs" : "macs").asDouble()).isZero();
      assertThat(layer.get("energy_pj").asDouble())
          .isCloseTo((real ? 4.6 : 0.9) * operations, within(1e-3));
      assertThat(layer.get("firing_rate").asDouble())
          .isEqualTo(layer.get("mean_integer").asDouble() / 4);
    }
    assertThat(picojoules * 1e-9)
        .isCloseTo(root.at("/energy/energy_mj_per_shape").asDouble(), within(1e-12));
    JsonNode head = root.get("layers").get(root.get("layers").size() - 1);
    // The head runs once a view: one pair, C4 · K products.
    assertThat(head.get("pairs").asDouble()).isEqualTo(2);
    long right = 0;
    long all = 0;
    JsonNode counts = root.at("/confusion/counts");
    for (int i = 0; i < counts.size(); i++) {
      right += counts.get(i).get(i).asLong();
      for (JsonNode count : counts.get(i)) {
        all += count.asLong();
      }
    }
    assertThat(all).isEqualTo(root.at("/zero_shot/shapes").asLong());
    assertThat((double) right / all).isEqualTo(root.at("/zero_shot/top1").asDouble());
  }

  @Test
  void retrievalIsThatOfComparingAllPairs() throws IOException {
    List<Triplet> rows = validation();
    Naive naive = new Naive(world.model, rows, 2);
    Alignment alignment = world.model.alignment().orElseThrow();
    List<float[]> pictures = new ArrayList<>();
    rows.forEach(r -> r.imageEmbeddings().forEach(e -> pictures.add(alignment.imageVector(e))));
    int first = 0;
    int five = 0;
    for (int i = 0; i < rows.size(); i++) {
      float[] shape = naive.shapes.get(i);
      double own = Math.max(dot(shape, pictures.get(2 * i)), dot(shape, pictures.get(2 * i + 1)));
      long better = pictures.stream().filter(p -> dot(shape, p) > own).count();
      first += better < 1 ? 1 : 0;
      five += better < 5 ? 1 : 0;
    }
    JsonNode image = plainJson("evaluation.json").at("/retrieval/image");
    assertThat(image.get("candidates").asInt()).isEqualTo(2 * rows.size());
    assertThat(image.get("r1").asDouble()).isEqualTo((double) first / rows.size());
    assertThat(image.get("r5").asDouble()).isEqualTo((double) five / rows.size());
    JsonNode text = plainJson("evaluation.json").at("/retrieval/text");
    assertThat(text.get("candidates").asLong())
        .isEqualTo(rows.stream().map(r -> r.texts().get(0).text()).distinct().count());
    assertThat(text.get("shapes").asInt()).isEqualTo(rows.size());
  }

  @Test
  void keepsExamplesWithTheirPoints() throws IOException {
    JsonNode examples = plainJson("examples.json").get("examples");
    assertThat(examples).hasSize(4);
    for (JsonNode example : examples) {
      assertThat(example.get("layout").asText()).isEqualTo("u16-xyz-u8-rgb");
      byte[] packed = Base64.getDecoder().decode(example.get("points").asText());
      PointCloud cloud = PointLayout.QUANTISED.unpack(packed);
      Triplet row =
          validation().stream()
              .filter(r -> r.id().equals(example.get("id").asText()))
              .findFirst()
              .orElseThrow();
      assertThat(cloud.xyz()).containsExactly(row.points().xyz(), within(1e-6f));
      assertThat(example.get("truth").asText()).isEqualTo(row.category());
      double sum = 0;
      for (JsonNode guess : example.get("ranked")) {
        sum += guess.get("share").asDouble();
      }
      assertThat(sum).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void otherClassesGetAHeadOfTheirOwn() throws IOException {
    Path classes = shared.resolve("other.json");
    Files.writeString(classes, "{\"cube\": [\"die\", \"cube\"], \"flat box\": [\"plank\"]}");
    var unused = run(toFolder("evaluate.classes = \"" + classes + "\""));
    var list = ClassPrompts.of(ClassList.read(new Configuration(), classes.toString()), List.of());
    SpikingModel expected =
        world.model.withoutClasses().withClasses(list, ClassPrompts.embed(list, world.texts()));
    int right = 0;
    int labelled = 0;
    for (Triplet row : validation()) {
      String name = row.category().replace('_', ' ');
      if (name.equals("cube") || name.equals("flat box")) {
        labelled++;
        Ranked best = expected.classify(Views.of(row.points(), 2), 1).get(0);
        right += best.name().equals(name) ? 1 : 0;
      }
    }
    JsonNode root = json("evaluation.json");
    assertThat(root.at("/zero_shot/shapes").asInt()).isEqualTo(labelled);
    assertThat(root.at("/zero_shot/top1").asDouble()).isEqualTo((double) right / labelled);
    assertThat(root.at("/classes/0/prompts/0").asText()).isEqualTo("die");
    assertThat(SpikingModel.read(world.run.resolve("model")).classes()).hasSize(3);
  }

  @Test
  void measuresAListWithAModelFolderAlone() throws IOException {
    Path alone = folder.resolve("somewhere");
    world.model.write(alone);
    Path out = folder.resolve("out");
    Path list = shared.resolve("short.csv");
    List<String> lines = Files.readAllLines(shared.resolve("list.csv"));
    Files.writeString(
        list, String.join("\n", lines.subList(0, 10)) + "\nmissing.off,a,cube,,t0.npy,v0.npy\n");
    Config config =
        world.config(
            "run.dir = \"" + folder.resolve("no-run") + "\"",
            "evaluate.model = \"" + alone + "\"",
            "evaluate.triplets = \"" + list + "\"",
            "evaluate.output = \"" + out + "\"");
    EvaluationResult result = run(config);
    assertThat(listing(out))
        .containsExactly("evaluation.json", "examples.json", "quarantine/quarantine.parquet");
    assertThat(folder.resolve("no-run")).doesNotExist();
    JsonNode root = MAPPER.readTree(result.json());
    assertThat(root.at("/data/shapes").asInt()).isEqualTo(9);
    assertThat(root.at("/data/quarantined").asInt()).isEqualTo(1);
    assertThat(root.at("/data/source").asText()).isEqualTo("short.csv");
    assertThat(root.at("/retrieval/image/candidates").asInt()).isEqualTo(18);
    assertThat(Quarantine.read(new Configuration(), out.toString()))
        .extracting(BadRow::line, BadRow::id, BadRow::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(11L, "missing.off", "MISSING"));
    assertThat(result.sentences()).anyMatch(s -> s.startsWith("1 rows could not be used"));
  }

  @ParameterizedTest
  @CsvSource({
    "pointnet, turn.product;mix.product",
    "pointformer, block0.attention.kv;block0.attention.q"
  })
  void productsWithoutWeightsHaveEnergyAndNoPairs(String encoder, String products)
      throws IOException {
    Path alone = shared.resolve(encoder);
    world.modelOf(encoder).write(alone);
    run(toFolder("evaluate.model = \"" + alone + "\""));
    JsonNode root = json("evaluation.json");
    assertThat(root.at("/zero_shot/shapes").asInt()).isPositive();
    List<String> without = new ArrayList<>();
    double picojoules = 0;
    for (JsonNode layer : root.get("layers")) {
      picojoules += layer.get("energy_pj").asDouble();
      if (layer.get("pairs").isNull()) {
        without.add(layer.get("name").asText());
        assertThat(layer.get("energy_pj").asDouble()).isPositive();
      }
    }
    assertThat(String.join(";", without)).isEqualTo(products);
    assertThat(picojoules * 1e-9)
        .isCloseTo(root.at("/energy/energy_mj_per_shape").asDouble(), within(1e-9));
  }

  @Test
  void theTeacherThatComesAlongEmbedsTextsAndClassesOfAList() throws IOException {
    Path alone = folder.resolve("somewhere");
    world.embeddedModel().write(alone);
    Files.writeString(folder.resolve("c.json"), "{\"cube\": [\"die\"], \"bar\": [\"rod\"]}");
    Files.writeString(
        shared.resolve("plain.csv"),
        "shape,text,category\ns1.off,a bar,bar\ns2.off,a die;a cube,cube\ns3.off,,other\n");
    Config config =
        world.config(
            "evaluate.model = \"" + alone + "\"",
            "evaluate.triplets = \"" + shared.resolve("plain.csv") + "\"",
            "evaluate.classes = \"" + folder.resolve("c.json") + "\"",
            "teacher { kind = embedded, names = \"\", vectors = \"\" }");
    EvaluationResult result = run(config);
    assertThat(result.folder()).isEmpty();
    JsonNode root = MAPPER.readTree(result.json());
    assertThat(root.at("/zero_shot/shapes").asInt()).isEqualTo(2);
    assertThat(root.at("/data/unlabelled").asInt()).isEqualTo(1);
    // Own texts and the categories' names: a bar, bar; a die, a cube, cube.
    assertThat(root.at("/retrieval/text/candidates").asInt()).isEqualTo(5);
    assertThat(root.at("/retrieval/text/shapes").asInt()).isEqualTo(2);
    assertThat(root.at("/retrieval/image").isMissingNode()).isTrue();
    // One word between the two tokens that begin and end a text.
    assertThat(root.at("/energy/text_tower/tokens").asDouble()).isEqualTo(3);
    assertThat(root.at("/energy/text_tower/energy_mj").asDouble())
        .isCloseTo(4.6e-9 * (3 * 10_616_832L + 6 * 2 * 9 * 384), within(1e-9));
    assertThat(result.sentences()).anyMatch(s -> s.contains("the text tower, folded away"));
  }

  @Test
  void aListAndTheDatasetMadeOfItAgree() throws IOException {
    // The dataset holds rounded points; the figures are those of counts, and of nearly equal rates.
    JsonNode list =
        MAPPER.readTree(
            run(world.config("evaluate.triplets = \"" + shared.resolve("list.csv") + "\"")).json());
    double right = 0;
    for (String split : List.of("train", "validation")) {
      JsonNode part =
          MAPPER.readTree(
              run(world.config(
                      "evaluate.split = " + split,
                      "evaluate.output = \"" + folder.resolve(split) + "\""))
                  .json());
      right += part.at("/zero_shot/top1").asDouble() * part.at("/zero_shot/shapes").asDouble();
    }
    double shapes = list.at("/zero_shot/shapes").asDouble();
    assertThat(shapes).isEqualTo(32);
    assertThat(list.at("/zero_shot/top1").asDouble() * shapes).isCloseTo(right, within(1.01));
  }

  @Test
  void tooManyBadRowsLeaveTheTableOfThemAndNothingElse() throws IOException {
    Path list = shared.resolve("bad.csv");
    Files.writeString(list, "shape,category\ns0.off,cube\nno.off,cube\n");
    Config config = toFolder("evaluate.triplets = \"" + list + "\"");
    assertThatThrownBy(() -> run(config))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("1 of 2 rows cannot be used {MISSING=1}")
        .hasMessageContaining("line 3, MISSING in no.off")
        .hasMessageContaining("No evaluation was published");
    assertThat(listing(folder)).containsExactly("quarantine/quarantine.parquet");
    assertThatThrownBy(
            () ->
                run(
                    config
                        .withFallback(config)
                        .withValue(
                            "data.on-bad-row",
                            com.typesafe.config.ConfigValueFactory.fromAnyRef("fail"))))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bad.csv, line 3: MISSING in no.off");
  }

  @Test
  void aFolderOfSomethingElseIsRefusedAndLeftAlone() throws IOException {
    Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> run(toFolder()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("already holds 'mine.txt'");
    assertThat(listing(folder)).containsExactly("mine.txt");
  }

  @Test
  void aFinishedEvaluationIsTakenAsItIsAndAnotherOneRefused() throws IOException {
    EvaluationResult first = run(toFolder());
    // Times are measured anew; equal ones say that nothing was.
    assertThat(run(toFolder())).isEqualTo(first);
    assertThatThrownBy(() -> run(toFolder("evaluate.rotations = 3")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a finished result of another input or configuration");
  }

  @Test
  void aRepeatedEvaluationHasTheSameFiguresToTheLastDigit() throws IOException {
    Config again = toFolder("evaluate.twin = \"" + shared.resolve("twin") + "\"");
    assertThat(withoutTimes(run(again).json())).isEqualTo(withoutTimes(plain.json()));
    assertThat(json("examples.json")).isEqualTo(plainJson("examples.json"));
  }

  private static JsonNode withoutTimes(String json) throws IOException {
    var root = (com.fasterxml.jackson.databind.node.ObjectNode) MAPPER.readTree(json);
    root.remove(List.of("seconds", "shapes_per_second"));
    return root;
  }

  @Test
  void aFolderWithoutAModelIsNamed() {
    assertThatThrownBy(() -> run(toFolder("evaluate.model = \"" + folder + "\"")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining(folder + " holds no model (model.json is missing)");
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }
}
