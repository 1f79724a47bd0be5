package org.trispike.spiking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.io.MalformedFileException;

class SpikingModelTest {
  @TempDir Path folder;

  private SpikingModel written() throws IOException {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 16));
    SpikingModel model = Models.fold(encoder, Fixtures.lively(encoder.layout(), 1), 4);
    model.write(folder);
    return model;
  }

  @Test
  void modelRoundTripsThroughItsFolder() throws IOException {
    SpikingModel model = written();
    assertThat(listing())
        .containsExactly("alignment.safetensors", "model.json", "model.safetensors");
    SpikingModel read = SpikingModel.read(folder);
    assertThat(read.network()).isEqualTo(model.network());
    assertThat(read.classes()).isEqualTo(model.classes());
    assertThat(read.preprocessing()).isEqualTo(model.preprocessing());
    assertThat(read.teacher()).isEqualTo(model.teacher());
    assertThat(read.provenance()).isEqualTo(model.provenance());
    assertThat(read.flat()).isEqualTo(model.flat());
    assertThat(read.alignment().orElseThrow().textWeight().data())
        .isEqualTo(model.alignment().orElseThrow().textWeight().data());
    PointBatch batch = Fixtures.batch(9, 2, 50);
    assertThat(read.logits(batch)).isEqualTo(model.logits(batch));
  }

  @ParameterizedTest
  @ValueSource(strings = {"pointnet", "pointnet-plain", "pointformer"})
  void modelOfPointsRoundTripsToo(String name) throws IOException {
    PointFormerSpec patches = new PointFormerSpec(9, 5, 2, Attention.PUBLISHED);
    Encoder encoder = Encoders.create(EncoderSpec.standard(name, 16).withPointFormer(patches));
    SpikingModel model = Models.fold(encoder, Fixtures.lively(encoder.layout(), 1), 3);
    model.write(folder);
    SpikingModel read = SpikingModel.read(folder);
    assertThat(read.network()).isEqualTo(model.network());
    assertThat(read.flat()).isEqualTo(model.flat());
    PointBatch batch = Fixtures.batch(9, 2, 50);
    assertThat(read.logits(batch)).isEqualTo(model.logits(batch));
    assertThat(read.withoutClasses().withClasses(Models.classes(3), Models.embeddings(3)).flat())
        .isEqualTo(model.flat());
  }

  @Test
  void modelWithoutAlignmentClassifiesButTakesNoClasses() throws IOException {
    SpikingModel full = written();
    SpikingModel bare =
        new SpikingModel(
            full.network(),
            full.flat(),
            full.classes(),
            full.preprocessing(),
            null,
            full.provenance(),
            null);
    bare.write(folder);
    assertThat(listing()).containsExactly("model.json", "model.safetensors");
    SpikingModel read = SpikingModel.read(folder);
    assertThat(read.teacher()).isEmpty();
    PointBatch shape = Fixtures.batch(9, 1, 50);
    float[] logits = read.logits(shape)[0];
    Ranked best = read.classify(shape, 1).get(0);
    assertThat(best.score()).isEqualTo(logits[best.index()]);
    assertThatThrownBy(() -> read.withClasses(List.of(), List.of()))
        .hasMessage("The model has no alignment.safetensors, which new classes need");
  }

  @Test
  void theBankThatAModelNamesStaysWithItsHeads() throws Exception {
    SpikingModel plain = written();
    assertThat(plain.bank()).isEmpty();
    Path json = folder.resolve("model.json");
    String text = Files.readString(json).replaceFirst("[{]", "{\n  \"later\": 7,");
    BankRef ref = new BankRef("../names", "ab".repeat(32));
    Files.writeString(json, ref.putInto(text));
    assertThat(Files.readString(json)).contains("\"later\": 7");
    SpikingModel read = SpikingModel.read(folder);
    assertThat(read.bank()).contains(ref);
    assertThat(read.flat()).isEqualTo(plain.flat());
    read.withoutClasses().withClasses(Models.classes(2), Models.embeddings(2)).write(folder);
    assertThat(SpikingModel.read(folder).bank()).contains(ref);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/etc/names", "s3a://bucket/names", "C:\\\\names", " "})
  void aBankBesideNoModelIsRefused(String path) throws Exception {
    written();
    Path json = folder.resolve("model.json");
    String good = new BankRef("names", "ab".repeat(32)).putInto(Files.readString(json));
    Files.writeString(json, good.replace("\"path\": \"names\"", "\"path\": \"" + path + "\""));
    assertThatThrownBy(() -> SpikingModel.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageContaining("model.json: bank is none that can be used: ");
  }

  @Test
  void folderWithoutJsonIsNoModel() throws IOException {
    written();
    Files.delete(folder.resolve("model.json"));
    assertThatThrownBy(() -> SpikingModel.read(folder))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("the folder is no model, or was not written to its end");
  }

  @Test
  void exchangedParametersAreRefused() throws IOException {
    written();
    Path file = folder.resolve("model.safetensors");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> SpikingModel.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(file + ": its SHA-256 is not the one in model.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format_version\": 1 | \"format_version\": 2 | format_version is 2, known is 1",
        "\"format\": \"trispike-model\" | \"format\": \"x\" | format is not trispike-model",
        "\"levels\": 4 | \"levels\": 0 | network A neuron needs at least 1 level, not 0",
        "\"levels\": 4 | \"levels\": 4.5 | network.neuron.levels is not an integer",
        "\"size\": 0.02 | \"edge\": 0.02 | network.voxels.size is missing",
        "\"strict\" | \"loose\" | network.neuron.window has the unknown value loose",
        "\"steps\": 1 | \"steps\": 99999999999 | network.steps is 99999999999, beyond an int",
        "\"class 2\" | 7 | classes[2].name is not a string",
        "\"up_axis\": \"auto\" | \"up_axis\": \"x\" "
            + "| preprocessing Up axis x is not auto, y or z",
        "\"model.safetensors\" | \"../model.safetensors\" "
            + "| files names the unknown file ../model.safetensors"
      })
  void wrongFieldsAreRefusedByPath(String from, String to, String message) throws IOException {
    written();
    Path json = folder.resolve("model.json");
    String text = Files.readString(json);
    assertThat(text).contains(from);
    Files.writeString(json, text.replace(from, to));
    assertThatThrownBy(() -> SpikingModel.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(json + ": " + message);
  }

  @Test
  void classesAndHeadMustAgree() throws IOException {
    written();
    Path json = folder.resolve("model.json");
    String text = Files.readString(json);
    int end = text.indexOf("},", text.indexOf("class 0")) + 2;
    int begin = text.lastIndexOf('{', text.indexOf("class 0"));
    Files.writeString(json, text.substring(0, begin) + text.substring(end));
    assertThatThrownBy(() -> SpikingModel.read(folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageEndingWith("head.weight has shape [4, 128], not [3, 128]");
  }

  private List<String> listing() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }
}
