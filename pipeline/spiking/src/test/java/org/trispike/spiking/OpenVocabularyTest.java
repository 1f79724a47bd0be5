package org.trispike.spiking;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.Sha256;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankSpace;
import org.trispike.vq.bank.BankVectors;

final class OpenVocabularyTest {
  private static final int CLASSES = 20;
  private static final int WIDTH = 16;

  @TempDir private Path folder;

  private static SpikingModel model() {
    Encoder encoder = Encoders.create(EncoderSpec.standard("e3dsnn-t", WIDTH));
    return Models.fold(encoder, Fixtures.lively(encoder.layout(), 1), CLASSES);
  }

  /** The model's own classes as a bank. */
  private void write(SpikingModel model, BankSpace space) throws IOException {
    Alignment alignment = model.alignment().orElseThrow();
    float[] rows = new float[CLASSES * WIDTH];
    StringBuilder names = new StringBuilder();
    for (int k = 0; k < CLASSES; k++) {
      float[] row = alignment.classVector(Models.embeddings(CLASSES).get(k));
      System.arraycopy(row, 0, rows, k * WIDTH, WIDTH);
      names.append("class ").append(k).append('\n');
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FloatArray matrix = new FloatArray(new int[] {CLASSES, WIDTH}, rows);
    BankVectors.write(out, matrix, false, Optional.empty());
    BankPart part =
        new BankPart(
            CLASSES,
            file(BankPart.vectors(0), out.toByteArray()),
            file(BankPart.names(0), names.toString().getBytes(StandardCharsets.UTF_8)));
    BankManifest manifest =
        new BankManifest(space, false, List.of(part), Optional.empty(), Map.of());
    Files.write(folder.resolve(BankManifest.FILE), manifest.json());
  }

  private BankFile file(String name, byte[] bytes) throws IOException {
    Files.write(folder.resolve(name), bytes);
    return new BankFile(name, bytes.length, Sha256.of(bytes));
  }

  private static BankSpace space(SpikingModel model) {
    return new BankSpace("teacher-1", model.alignment().orElseThrow().projectionId(), WIDTH);
  }

  /** A bank of the classes ranks as their head does, over several views too. */
  @Test
  void ranksAsTheHeadOfTheSameClasses() throws IOException {
    SpikingModel model = model();
    write(model, space(model));
    OpenVocabulary names = OpenVocabulary.open(model, folder);
    assertThat(names.size()).isEqualTo(CLASSES);
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime runtime = model.open(compute)) {
      Inference views = runtime.run(Fixtures.batch(9, 3, 50));
      List<Ranked> expected = runtime.rank(views, 7);
      List<Ranked> ranked = names.rank(views, 7);
      assertThat(ranked.stream().map(Ranked::name))
          .containsExactlyElementsOf(expected.stream().map(Ranked::name).toList());
      for (int i = 0; i < 7; i++) {
        assertThat(ranked.get(i).index()).isEqualTo(expected.get(i).index());
        assertThat(ranked.get(i).score()).isCloseTo(expected.get(i).score(), within(1e-5f));
        assertThat(ranked.get(i).probability())
            .isCloseTo(expected.get(i).probability(), within(1e-4f));
      }
    }
  }

  @Test
  void aShapeWithoutDirectionHasNoNames() throws IOException {
    SpikingModel model = model();
    write(model, space(model));
    float[][] pooled = {new float[model.alignment().orElseThrow().finalWeight().shape()[1]]};
    pooled[0][0] = Float.NaN;
    Inference nothing = new Inference(new float[1][CLASSES], pooled, List.of());
    assertThat(OpenVocabulary.open(model, folder).rank(nothing, 3)).isEmpty();
  }

  @Test
  void banksOfOtherSpacesAreRefusedByNameAndReason() throws IOException {
    SpikingModel model = model();
    Path json = folder.resolve("bank.json");
    BankSpace own = space(model);
    write(model, new BankSpace("teacher-2", own.projection(), WIDTH));
    assertThatThrownBy(() -> OpenVocabulary.open(model, folder))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(json + ": teacher is teacher-2, the model's is teacher-1");
    write(model, new BankSpace(own.teacher(), "other", WIDTH));
    assertThatThrownBy(() -> OpenVocabulary.open(model, folder))
        .hasMessage(json + ": projection is other, the model's is " + own.projection());
    Encoder wide = Encoders.create(EncoderSpec.standard("e3dsnn-t", WIDTH + 1));
    SpikingModel other = Models.fold(wide, Fixtures.lively(wide.layout(), 1), CLASSES);
    write(model, own);
    assertThatThrownBy(() -> OpenVocabulary.open(other, folder))
        .hasMessage(json + ": columns is 16, the model's is 17");
  }
}
