package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.io.Sha256;

/** Against Pillow 9.4: {@code Image.fromarray(pixels).resize((width, height), resample)}. */
final class ResamplerTest {
  private static BufferedImage picture(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = (x * x * 7 + y * 13 + x * y * 3) & 255;
        int green = (x * 31 + y * y * 5) & 255;
        image.setRGB(x, y, red << 16 | green << 8 | (x ^ y) * 11 & 255);
      }
    }
    return image;
  }

  private static int[] pixels(BufferedImage image) {
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] &= 0xFFFFFF;
    }
    return rgb;
  }

  private static BufferedImage whole(BufferedImage image, int width, int height, Resampling by) {
    return Images.resize(image, width, height, by, new Rectangle(width, height));
  }

  /** The hash is that of Pillow's bytes, red, green, blue, row after row. */
  @ParameterizedTest
  @CsvSource({
    "37, 23, 9, 7, BICUBIC, 09feeedecc1aa5fb4251901a45a15e97d3c8ca28d24cbaff4e6a252bb2238a62",
    "37, 23, 9, 7, BILINEAR, fc14048620decff07880ba3337b29d6caf2631028ed6d7fec778b6dfbd82f443",
    "11, 8, 20, 31, BICUBIC, 91a7623c406cb545faddac1c2ad548c21c418757c42755d92e2cdd57b31e6800",
    "11, 8, 20, 31, BILINEAR, 707a93160d76fb1653b776d5b9bbf873edb635fcf2a6bdbcf6d48a95dbacde2b",
    "300, 200, 224, 224, BICUBIC, 34bd61d026a219b82ad9b1d0818b4158c6fda7d96298a5daf210bae1677d2b43",
    "640, 427, 335, 224, BICUBIC, 063732d0e0251763ebefd7254d0c935b9cfb51dd78144569f8e46fa276723679",
    "300, 200, 112, 74, BILINEAR, 95cdfb38ef14a5c2bb846addc947fdd7353757203982cc7fe0e6402d17aeef70",
    "5, 400, 3, 16, BICUBIC, 4baaeeb8b0a5a8507102d4b28b4ea2020438c7e6c3edc5ad5ff8c241af23e0e1"
  })
  void everyByteIsPillows(
      int fromWidth, int fromHeight, int width, int height, Resampling by, String hash) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int pixel : pixels(whole(picture(fromWidth, fromHeight), width, height, by))) {
      bytes.write(pixel >> 16);
      bytes.write(pixel >> 8);
      bytes.write(pixel);
    }
    assertThat(Sha256.of(bytes.toByteArray())).isEqualTo(hash);
  }

  /** The same, where one can see how far off it is. */
  @Test
  void aSmallPictureIsPillows() {
    assertThat(pixels(whole(picture(11, 8), 5, 4, Resampling.BILINEAR)))
        .containsExactly(
            0x131E0B, 0x4A5A1D, 0x9BA038, 0x85C54F, 0x8C4C67, 0x2F3C1A, 0x70781B, 0x7BB138,
            0x76714A, 0x69466F, 0x4E8234, 0x93AA33, 0x6D8315, 0x7A5145, 0x9A868E, 0x699D42,
            0x936B30, 0x6E6D15, 0x73A040, 0x928C96);
  }

  @Test
  void aWindowIsThatPartOfTheWhole() {
    BufferedImage image = picture(37, 23);
    BufferedImage whole = whole(image, 25, 16, Resampling.BICUBIC);
    Rectangle window = new Rectangle(4, 3, 16, 11);
    assertThat(pixels(Images.resize(image, 25, 16, Resampling.BICUBIC, window)))
        .isEqualTo(pixels(whole.getSubimage(4, 3, 16, 11)));
    assertThat(pixels(whole(image, 37, 23, Resampling.BICUBIC))).isEqualTo(pixels(image));
    assertThatThrownBy(
            () -> Images.resize(image, 10, 9, Resampling.BICUBIC, new Rectangle(0, 0, 10, 10)))
        .hasMessageContaining("is no part of 10 by 9");
  }
}
