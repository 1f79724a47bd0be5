package org.trispike.datasets.teacher.onnx;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.UserError;

/** Files that are no towers of one teacher, and towers that make no vectors. */
final class ClipFaultsTest {
  @TempDir private Path folder;
  private TinyTowers towers;

  @BeforeEach
  void begin() throws IOException {
    towers = new TinyTowers(folder);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> opening() {
    return opening(1);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> opening(int batch) {
    return assertThatThrownBy(
            () -> {
              try (ClipTeacher teacher =
                  ClipTeacher.of(new Configuration(), towers.config(batch))) {
                teacher.embedTexts(List.of("a box"));
              }
            })
        .isInstanceOf(UserError.class);
  }

  private void text(OnnxModel model) throws IOException {
    Files.write(towers.file("text.onnx"), model.toBytes());
  }

  @Test
  void aFileThatIsNotThereIsNamedWithItsSetting() throws IOException {
    Files.delete(towers.file("tokenizer.json"));
    opening()
        .hasMessage(
            "teacher.clip.tokenizer: there is no file "
                + towers.file("tokenizer.json")
                + "; nothing was written");
  }

  @Test
  void whatIsNoModelOrNoTokenizerIsRefused() throws IOException {
    Files.writeString(towers.file("tokenizer.json"), "{\"model\": 3}");
    opening().hasMessageContaining("tokenizer.json is no tokenizer.json: ");
    new TinyTowers(folder);
    Files.writeString(towers.file("image.onnx"), "not a model");
    opening()
        .hasMessageContaining("image.onnx is no ONNX model that this runtime can load: ")
        .hasMessageStartingWith("teacher.clip.image-model: ");
  }

  @Test
  void inputsThatNobodyCanGiveAreListed() throws IOException {
    text(TinyTowers.textModel(6).input("pixel_values", OnnxModel.FLOAT, "n", 3, 16, 16));
    opening()
        .hasMessageContaining(
            "takes attention_mask INT64[-1, -1], input_ids INT64[-1, -1], pixel_values FLOAT[-1,"
                + " 3, 16, 16], of which only input_ids and attention_mask can be given");
  }

  @Test
  void theTowersMustNotBeSwapped() throws IOException {
    text(TinyTowers.imageModel());
    opening()
        .hasMessageContaining("teacher.clip.text-model: ")
        .hasMessageContaining(
            "takes pixel_values FLOAT[-1, 3, 16, 16], none of which is input_ids or the only one"
                + " of its shape and type");
  }

  @Test
  void outputsWithoutVectorsAreListed() throws IOException {
    text(
        new OnnxModel()
            .input("input_ids", OnnxModel.INT64, "n", "t")
            .node("Identity", List.of("input_ids"), "same")
            .output("same", OnnxModel.INT64, "n", "t"));
    opening().hasMessageContaining("gives same INT64[-1, -1], none of which is text_embeds");
  }

  @Test
  void sizesThatAreFixedMustBeThoseOfTheSettings() throws IOException {
    text(
        new OnnxModel()
            .input("input_ids", OnnxModel.INT64, 1, 9)
            .node("Cast", List.of("input_ids"), "text_embeds", Map.of("to", 1L))
            .output("text_embeds", OnnxModel.FLOAT, 1, 9));
    opening()
        .hasMessageContaining("where teacher.clip.context-length makes axis 1 of input_ids 7 long");
    opening(2)
        .hasMessageContaining("where teacher.clip.batch-size makes axis 0 of input_ids 2 long");
    new TinyTowers(folder);
    Files.writeString(
        towers.file("preprocessor_config.json"), TinyTowers.preprocessor().replace("16", "8"));
    opening()
        .hasMessageContaining(
            "where teacher.clip.preprocessor makes axis 2 of pixel_values 8 long");
  }

  @Test
  void bothTowersMustMakeVectorsOfOneSpace() throws IOException {
    text(TinyTowers.textModel(9));
    opening()
        .hasMessageContaining("image.onnx makes vectors of 6 numbers")
        .hasMessageContaining("text.onnx of 9: they are not the towers of one teacher");
  }

  @Test
  void vectorsWithoutADirectionAreRefusedWithTheirText() throws IOException {
    for (String operator : List.of("Sub", "Div")) {
      text(
          new OnnxModel()
              .input("input_ids", OnnxModel.INT64, "n", "t")
              .axes("axis", 1)
              .weights("ones", new float[] {1, 1, 1, 1, 1, 1}, 1, 6)
              .node("Cast", List.of("input_ids"), "seen", Map.of("to", 1L))
              .node("ReduceSum", List.of("seen", "axis"), "sum", Map.of("keepdims", 1L))
              .node("Mul", List.of("sum", "ones"), "wide")
              .node("Sub", List.of("wide", "wide"), "zero")
              .node(operator, List.of("zero", "zero"), "text_embeds")
              .output("text_embeds", OnnxModel.FLOAT, "n", 6));
      opening()
          .hasMessageContaining(
              "makes a vector of 6 numbers and length "
                  + (operator.equals("Sub") ? "0.0" : "NaN")
                  + " of the text 'a box'");
    }
  }

  @Test
  void cudaIsRefusedWhereTheRuntimeHasNone() {
    ClipConfig config = towers.config(1).on(Execution.CUDA);
    assertThatThrownBy(() -> ClipTeacher.toKeep(new Configuration(), config))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "teacher.clip.execution = cuda, but this ONNX Runtime was built for CPUs alone")
        .hasMessageContaining("set teacher.clip.execution = cpu");
  }
}
