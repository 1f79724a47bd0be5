package org.trispike.datasets.teacher.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Images;
import org.trispike.kernels.KeyedRandom;

/** Two towers at work, against the same towers in plain loops. */
final class ClipTeacherTest {
  private static final List<String> TEXTS =
      List.of("a cube", "the long long flat box", "", "Cube", "a die the text a box the cube");

  @TempDir private Path folder;
  private final Configuration conf = new Configuration();
  private TinyTowers towers;

  @BeforeEach
  void begin() throws IOException {
    towers = new TinyTowers(folder);
  }

  private static List<byte[]> pictures() {
    List<byte[]> pictures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      KeyedRandom random = KeyedRandom.of(i);
      BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 256; p++) {
        image.setRGB(p % 16, p / 16, (int) random.nextLong() & 0xFFFFFF);
      }
      pictures.add(Images.png(image));
    }
    return pictures;
  }

  private static void isClose(float[] vector, double[] expected, double error) {
    assertThat(vector).hasSize(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) vector[i]).isCloseTo(expected[i], within(error));
    }
  }

  @Test
  void vectorsAreThoseOfPlainLoopsWhateverTheBatch() throws IOException {
    List<byte[]> pictures = pictures();
    for (int batch : new int[] {1, 2, 8}) {
      try (ClipTeacher teacher = ClipTeacher.of(conf, towers.config(batch))) {
        assertThat(teacher.dimension()).isEqualTo(TinyTowers.DIMENSION);
        float[][] texts = teacher.embedTexts(TEXTS);
        float[][] images = teacher.embedImages(pictures);
        for (int i = 0; i < TEXTS.size(); i++) {
          isClose(texts[i], TinyTowers.text(TEXTS.get(i)), 1e-6);
          isClose(images[i], TinyTowers.picture(pictures.get(i)), 1e-5);
        }
        assertThat(teacher.embedTexts(List.of())).isEmpty();
        assertThat(teacher.embedImages(List.of())).isEmpty();
      }
    }
  }

  @Test
  void withOneItemACallAVectorDependsOnItsOwnItemAlone() {
    List<byte[]> pictures = pictures();
    try (ClipTeacher teacher = ClipTeacher.of(conf, towers.config(1))) {
      float[][] texts = teacher.embedTexts(TEXTS);
      float[][] images = teacher.embedImages(pictures);
      for (int i = 0; i < TEXTS.size(); i++) {
        assertThat(teacher.embedTexts(List.of(TEXTS.get(i)))[0]).isEqualTo(texts[i]);
        assertThat(teacher.embedImages(List.of(pictures.get(i)))[0]).isEqualTo(images[i]);
      }
    }
  }

  /** Without a mask the file's own padding is averaged with the words. */
  @Test
  void aTowerOfSmallIntegersWithoutAMaskSeesThePadding() throws IOException {
    Files.write(towers.file("text.onnx"), TinyTowers.maskless().toBytes());
    Files.writeString(
        towers.file("tokenizer.json"),
        TinyTowers.tokenizer(
            "{\"strategy\": \"BatchLongest\", \"direction\": \"Right\", \"pad_to_multiple_of\":"
                + " null, \"pad_id\": 9, \"pad_type_id\": 0, \"pad_token\": \"die\"}"));
    try (ClipTeacher teacher = ClipTeacher.of(conf, towers.config(2))) {
      isClose(teacher.embedTexts(List.of("a cube"))[0], TinyTowers.text(1, 3, 8, 2, 9, 9, 9), 1e-6);
    }
  }

  @Test
  void theIdIsThatOfTheFilesWhereverTheyLieAndOfTheLengthOfTexts() throws IOException {
    String id = id(towers.config(1));
    assertThat(id).matches("clip-onnx-[0-9a-f]{16}");
    TinyTowers others = new TinyTowers(Files.createDirectory(folder.resolve("elsewhere")));
    assertThat(id(others.config(4))).isEqualTo(id);
    ClipConfig longer =
        new ClipConfig(
            others.file("image.onnx").toString(),
            others.file("text.onnx").toString(),
            others.file("tokenizer.json").toString(),
            others.file("preprocessor_config.json").toString(),
            TinyTowers.CONTEXT + 1,
            1,
            1,
            Execution.CPU);
    assertThat(id(longer)).isNotEqualTo(id);
    Files.writeString(others.file("tokenizer.json"), TinyTowers.tokenizer("null") + "\n");
    assertThat(id(others.config(1))).isNotEqualTo(id);
  }

  private String id(ClipConfig config) {
    try (ClipTeacher teacher = ClipTeacher.of(conf, config)) {
      return teacher.id();
    }
  }

  @Test
  void aTeacherIsFoundAgainByItsDescriptionAndOneThatHasChangedIsRefused() throws IOException {
    ClipConfig unnamed = new ClipConfig("", "", "", "", 77, 1, 1, Execution.CPU);
    ObjectNode root = new ObjectMapper().createObjectNode();
    try (ClipTeacher teacher = ClipTeacher.of(conf, towers.config(1))) {
      teacher.write(root);
    }
    try (ClipTeacher teacher = ClipTeacher.read(conf, root, unnamed)) {
      isClose(teacher.embedTexts(List.of("a cube"))[0], TinyTowers.text("a cube"), 1e-6);
    }
    Path moved = Files.createDirectory(folder.resolve("moved"));
    for (String name : List.of("image.onnx", "text.onnx")) {
      Files.move(towers.file(name), moved.resolve(name));
    }
    ClipConfig there =
        new ClipConfig(
            moved.resolve("image.onnx").toString(),
            moved.resolve("text.onnx").toString(),
            "",
            "",
            77,
            3,
            1,
            Execution.CPU);
    try (ClipTeacher teacher = ClipTeacher.read(conf, root, there)) {
      isClose(teacher.embedTexts(List.of("a cube"))[0], TinyTowers.text("a cube"), 1e-6);
    }
    ClipConfig otherBatch = new ClipConfig("", "", "", "", 77, 5, 1, Execution.CPU);
    assertThatThrownBy(() -> ClipTeacher.read(conf, root, otherBatch))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("teacher.clip.image-model: there is no file ");
    Files.write(towers.file("image.onnx"), TinyTowers.imageModel().toBytes());
    Files.write(towers.file("text.onnx"), TinyTowers.maskless().toBytes());
    assertThatThrownBy(() -> ClipTeacher.read(conf, root, otherBatch))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("teacher.clip.text-model: ")
        .hasMessageContaining("text.onnx has changed: its SHA-256 is ");
  }

  @Test
  void modelsOfABucketAreReadWithTheirDataAndLeaveNothingBehind() throws IOException {
    Files.write(towers.file("image.onnx"), TinyTowers.imageModel().toBytes());
    OnnxModel split = TinyTowers.textModel(TinyTowers.DIMENSION, "text.onnx_data");
    Files.write(towers.file("text.onnx"), split.toBytes());
    Files.write(towers.file("text.onnx_data"), split.data());
    ClipConfig here = towers.config(1);
    ClipConfig remote =
        new ClipConfig(
            "remote:" + here.imageModel(),
            "remote:" + here.textModel(),
            "remote:" + here.tokenizer(),
            "remote:" + here.preprocessor(),
            TinyTowers.CONTEXT,
            7,
            1,
            Execution.CPU);
    List<String> before = temporary();
    try (ClipTeacher teacher = ClipTeacher.of(RemoteFiles.configuration(), remote)) {
      assertThat(temporary()).isEqualTo(before);
      isClose(teacher.embedTexts(List.of("a cube"))[0], TinyTowers.text("a cube"), 1e-6);
      assertThat(teacher.id()).isEqualTo(id(here));
    }
    String id = id(here);
    byte[] other = split.data();
    other[0]++;
    Files.write(towers.file("text.onnx_data"), other);
    assertThat(id(here)).as("data is part of the id").isNotEqualTo(id);
  }

  private static List<String> temporary() throws IOException {
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("trispike-teacher"))
          .sorted()
          .toList();
    }
  }

  @Test
  void tasksShareWhatIsLoadedAndAnotherTeacherTakesItsPlace() {
    OpenTowers open = new OpenTowers();
    List<String> loads = new ArrayList<>();
    ClipTowers first = open.acquire("a", () -> load(loads, "a"));
    assertThat(open.acquire("a", () -> load(loads, "a"))).isSameAs(first);
    open.release("a");
    ClipTowers second = open.acquire("b", () -> load(loads, "b"));
    assertThat(first.texts().embed(List.of("a box"))).hasDimensions(1, TinyTowers.DIMENSION);
    open.release("a");
    assertThat(open.acquire("a", () -> load(loads, "a"))).as("idle, but kept").isSameAs(first);
    open.release("a");
    ClipTowers third = open.acquire("c", () -> load(loads, "c"));
    assertThat(loads).containsExactly("a", "b", "c");
    assertThatThrownBy(() -> first.texts().embed(List.of("a box")))
        .isInstanceOf(IllegalStateException.class);
    second.close();
    third.close();
  }

  private ClipTowers load(List<String> loads, String key) {
    loads.add(key);
    return TowerLoader.load(conf, ClipFiles.of(conf, towers.config(1)), towers.config(1));
  }
}
