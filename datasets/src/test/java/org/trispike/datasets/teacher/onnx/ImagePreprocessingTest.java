package org.trispike.datasets.teacher.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Resampling;

final class ImagePreprocessingTest {
  private static ImagePreprocessing read(String json) {
    return PreprocessorFile.read("p.json", json.getBytes(StandardCharsets.UTF_8));
  }

  private static BufferedImage picture() {
    BufferedImage image = new BufferedImage(37, 23, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 23; y++) {
      for (int x = 0; x < 37; x++) {
        int red = (x * x * 7 + y * 13 + x * y * 3) & 255;
        int green = (x * 31 + y * y * 5) & 255;
        image.setRGB(x, y, red << 16 | green << 8 | (x ^ y) * 11 & 255);
      }
    }
    return image;
  }

  /**
   * Pillow's {@code resize((25, 16), BICUBIC)}, NumPy's [:, 4:20] and arithmetic in float32, as
   * CLIP's image processor does it: 37×23 is 25×16 when its shorter edge is 16.
   */
  @Test
  void picturesBecomeWhatPillowAndNumpyMakeOfThem() {
    float[] values = read(TinyTowers.preprocessor()).apply(picture());
    assertThat(values).hasSize(3 * 16 * 16);
    int plane = 16 * 16;
    assertThat(values[0]).isCloseTo(0.4704936146736145f, within(1e-6f));
    assertThat(values[plane]).isCloseTo(1.1293946504592896f, within(1e-6f));
    assertThat(values[2 * plane]).isCloseTo(-0.49903517961502075f, within(1e-6f));
    assertThat(values[15 * 16 + 15]).isCloseTo(0.33910778164863586f, within(1e-6f));
    assertThat(values[plane + 7 * 16 + 3]).isCloseTo(-0.1612735539674759f, within(1e-6f));
    assertThat(values[2 * plane + 4 * 16 + 11]).isCloseTo(1.2926933765411377f, within(1e-6f));
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    assertThat(sum).isCloseTo(36.18780603003688, within(1e-4));
    assertThat(squares).isCloseTo(474.5407211378792, within(1e-3));
  }

  @Test
  void aThinPictureTakesNoMoreMemoryThanItsWindow() {
    BufferedImage thin = new BufferedImage(16_000, 1, BufferedImage.TYPE_INT_RGB);
    assertThat(read(TinyTowers.preprocessor()).apply(thin)).hasSize(3 * 16 * 16);
  }

  /** As older and other processors write it. */
  @Test
  void olderFilesAndThoseOfOtherTowersAreUnderstood() {
    String clip =
        """
        {"feature_extractor_type": "CLIPFeatureExtractor", "size": 20, "crop_size": 16,
         "do_center_crop": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [1, 1, 2]}
        """;
    ImagePreprocessing old = read(clip);
    assertThat(old.shortestEdge()).isEqualTo(20);
    assertThat(old.size()).isEqualTo(new Dimension(16, 16));
    assertThat(old.filter()).isEqualTo(Resampling.BICUBIC);
    assertThat(old.factor()).isEqualTo(1.0 / 255);
    String square =
        """
        {"size": {"height": 8, "width": 12}, "do_center_crop": false, "resample": 2,
         "do_normalize": false, "do_rescale": false, "do_pad": false}
        """;
    ImagePreprocessing exact = read(square);
    assertThat(exact.shortestEdge()).isZero();
    assertThat(exact.size()).isEqualTo(new Dimension(12, 8));
    assertThat(exact.filter()).isEqualTo(Resampling.BILINEAR);
    BufferedImage blue = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
    blue.setRGB(0, 0, 3, 3, new int[] {255, 255, 255, 255, 255, 255, 255, 255, 255}, 0, 3);
    float[] expected = new float[3 * 8 * 12];
    Arrays.fill(expected, 2 * 8 * 12, expected.length, 255);
    assertThat(exact.apply(blue)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | is no JSON",
        "{'do_pad': true, 'size': 16} | do_pad is nothing that this program does",
        "{'do_resize': false} | do_resize is false",
        "{'size': {'shortest_edge': 16}, 'do_center_crop': false} | do_center_crop is false",
        "{'size': 16, 'crop_size': 17, 'image_std': [1, 1, 1]} | crop_size is above size",
        "{'size': 16} | crop_size is no number of pixels in 1..4096",
        "{'size': 5000, 'crop_size': 16} | size.shortest_edge is no number of pixels",
        "{'size': 16, 'crop_size': 16} | image_std is no list of three numbers",
        "{'size': 16, 'crop_size': 16, 'image_std': [1, 0, 1]} | image_std is not positive",
        "{'size': 9, 'crop_size': 9, 'do_normalize': false, 'resample': 1} | resample is 2",
      })
  void whatDoesNotFitIsNamed(String json, String message) {
    assertThatThrownBy(() -> read(json.replace('\'', '"')))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("p.json ")
        .hasMessageContaining(message);
  }
}
