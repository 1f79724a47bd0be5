package org.trispike.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Sha256;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.BankRef;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.Ranked;
import org.trispike.spiking.RepVli;
import org.trispike.spiking.TeacherRef;
import org.trispike.spiking.Weights;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankSpace;
import org.trispike.vq.bank.BankVectors;

/** Prediction with a bank in the place of classes; {@code PredictIT} has the command. */
final class PredictActionTest {
  @TempDir private Path folder;
  private Alignment alignment;

  @BeforeEach
  void writeModelAndShape() throws IOException {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", 2));
    float[] parameters = new float[encoder.layout().size()];
    encoder.initialize(parameters, 1);
    // So small a shape leaves an untrained network silent: its output is the bias.
    int bias = encoder.layout().get("final.bias").offset();
    parameters[bias] = 0.6f;
    parameters[bias + 1] = 0.8f;
    FloatArray projection = new FloatArray(new int[] {2, 2}, new float[] {1, 0, 0, 1});
    alignment =
        Alignment.of(
            encoder, parameters, projection, new float[] {1, 0}, projection, new float[2], 10);
    RepVli.fold(
            encoder,
            parameters,
            alignment,
            List.of(new ModelClass("up", List.of())),
            List.of(new float[] {0, 1}),
            new ModelPreprocessing(500, true, "auto", 0.4f, 2),
            new TeacherRef("some", "embedded"),
            Map.of())
        .write(folder.resolve("model"));
    Files.writeString(
        folder.resolve("a.off"),
        "OFF\n4 4 0\n0 0 0\n1 0 0\n0 1 0\n0 0 1\n3 0 1 2\n3 0 1 3\n3 0 2 3\n3 1 2 3\n");
  }

  private void writeBank(String teacher) throws IOException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    float[] directions = {1, 0, 0, 1, -1, 0, 0, -1};
    BankVectors.write(rows, new FloatArray(new int[] {4, 2}, directions), true, Optional.empty());
    BankPart part =
        new BankPart(
            4,
            file(BankPart.vectors(0), rows.toByteArray()),
            file(BankPart.names(0), "east\nnorth\nwest\nsouth\n".getBytes(StandardCharsets.UTF_8)));
    BankManifest manifest =
        new BankManifest(
            new BankSpace(teacher, alignment.projectionId(), 2),
            true,
            List.of(part),
            Optional.empty(),
            Map.of());
    Files.write(folder.resolve("bank").resolve(BankManifest.FILE), manifest.json());
  }

  private BankFile file(String name, byte[] bytes) throws IOException {
    Files.createDirectories(folder.resolve("bank"));
    Files.write(folder.resolve("bank").resolve(name), bytes);
    return new BankFile(name, bytes.length, Sha256.of(bytes));
  }

  private List<Prediction> predict(int top) {
    return predict(Optional.of(folder.resolve("bank")), true, top);
  }

  private List<Prediction> predict(Optional<Path> bank, boolean named, int top) {
    return new PredictAction(
            new PredictConfig(
                folder.resolve("model"),
                bank,
                named,
                List.of(folder.resolve("a.off")),
                top,
                Weights.FLOAT32))
        .run();
  }

  @Test
  void namesOfABankTakeThePlaceOfClasses() throws IOException {
    writeBank("some");
    List<Ranked> ranked = predict(4).get(0).ranked();
    assertThat(ranked.stream().map(Ranked::name)).containsExactly("north", "east", "west", "south");
    assertThat(ranked.get(0).score()).isCloseTo(0.8f, within(1e-6f));
    assertThat(ranked.get(2).score()).isCloseTo(-0.6f, within(1e-6f));
    assertThat(ranked.stream().mapToDouble(Ranked::probability).sum()).isBetween(0.999, 1.001);
    assertThat(predict(1).get(0).ranked()).containsExactly(ranked.get(0));
  }

  private void nameBank(String path, String id) throws Exception {
    Path json = folder.resolve("model/model.json");
    Files.writeString(json, new BankRef(path, id).putInto(Files.readString(json)));
  }

  @Test
  void theBankThatTheModelNamesIsUsedUnlessAnotherIsGivenOrNone() throws Exception {
    writeBank("some");
    nameBank("../bank", BankManifest.read(folder.resolve("bank")).id());
    assertThat(predict(Optional.empty(), true, 4)).isEqualTo(predict(4));
    List<Ranked> own = predict(Optional.empty(), false, 4).get(0).ranked();
    assertThat(own.stream().map(Ranked::name)).containsExactly("up");
    assertThatThrownBy(() -> predict(Optional.of(folder.resolve("bank")), false, 4))
        .hasMessage("--bank and --no-bank contradict each other; leave one out");
    Files.move(folder.resolve("bank"), folder.resolve("moved"));
    assertThatThrownBy(() -> predict(Optional.empty(), true, 4))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no bank, though model.json names it (--no-bank ranks")
        .hasMessageContaining(folder.resolve("model/../bank").toString());
    assertThat(predict(Optional.of(folder.resolve("moved")), true, 4)).hasSize(1);
  }

  @Test
  void anotherBankInThePlaceOfTheNamedOneIsNoticed() throws Exception {
    writeBank("some");
    nameBank("../bank", "0".repeat(64));
    assertThatThrownBy(() -> predict(Optional.empty(), true, 1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bank.json: id is ")
        .hasMessageContaining(", the model's is 0000");
  }

  @Test
  void aBankThatDoesNotFitIsNamed() throws IOException {
    assertThatThrownBy(() -> predict(1))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("bank holds no bank: ");
    writeBank("another");
    assertThatThrownBy(() -> predict(1))
        .isInstanceOf(UserError.class)
        .hasMessage(folder.resolve("bank/bank.json") + ": teacher is another, the model's is some");
  }
}
