package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.KeyedRandom;

final class ImagesTest {
  private static BufferedImage noise(int width, int height, int type) {
    KeyedRandom random = KeyedRandom.of(width, height);
    BufferedImage image = new BufferedImage(width, height, type);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, (int) random.nextLong());
    }
    return image;
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    return out.toByteArray();
  }

  private static int[] pixels(BufferedImage image) {
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  private static BufferedImage decode(byte[] bytes) throws CorruptInputException {
    return Images.decode(bytes, Limits.defaults());
  }

  @Test
  void writesPngFilesThatOtherReadersUnderstand() throws IOException, CorruptInputException {
    for (int[] size : new int[][] {{1, 1}, {7, 3}, {224, 224}, {300, 1}}) {
      BufferedImage image = noise(size[0], size[1], BufferedImage.TYPE_INT_RGB);
      byte[] png = Images.png(image);
      assertThat(pixels(ImageIO.read(new ByteArrayInputStream(png)))).isEqualTo(pixels(image));
      assertThat(pixels(decode(png))).isEqualTo(pixels(image));
      assertThat(Images.png(image)).isEqualTo(png);
    }
  }

  @Test
  void readsPicturesOfAllKinds() throws IOException, CorruptInputException {
    for (int type : new int[] {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_INT_RGB}) {
      BufferedImage image = noise(9, 5, type);
      assertThat(pixels(decode(encode(image, "png")))).isEqualTo(pixels(image));
    }
    byte[] levels = {0, 100, (byte) 255};
    IndexColorModel palette = new IndexColorModel(8, 3, levels, levels, new byte[] {9, 0, 0});
    BufferedImage indexed = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_INDEXED, palette);
    indexed.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 1, 2});
    assertThat(pixels(decode(encode(indexed, "png"))))
        .containsExactly(0xFF000009, 0xFF646400, 0xFFFFFF00);
    BufferedImage flat = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    int[] color = new int[256];
    Arrays.fill(color, 0x4080C0);
    flat.setRGB(0, 0, 16, 16, color, 0, 16);
    for (int pixel : pixels(decode(encode(flat, "jpeg")))) {
      assertThat(pixel >> 16 & 255).isBetween(0x3D, 0x43);
      assertThat(pixel >> 8 & 255).isBetween(0x7D, 0x83);
      assertThat(pixel & 255).isBetween(0xBD, 0xC3);
    }
  }

  @Test
  void keepsGreyValuesAsTheyAreStored() throws IOException, CorruptInputException {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 256; i++) {
      grey.getRaster().setSample(i, 0, 0, i);
      deep.getRaster().setSample(i, 0, 0, i * 257);
    }
    for (BufferedImage image : new BufferedImage[] {grey, deep}) {
      int[] pixels = pixels(decode(encode(image, "png")));
      for (int i = 0; i < 256; i++) {
        assertThat(pixels[i] & 0xFFFFFF).isEqualTo(i * 0x010101);
      }
    }
  }

  @Test
  void laysTransparencyOnWhite() throws IOException, CorruptInputException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.setRGB(0, 0, 0x00123456);
    image.setRGB(1, 0, 0xFF123456);
    image.setRGB(2, 0, 0x80FF0000);
    byte[] png = encode(image, "png");
    assertThat(pixels(decode(png))).containsExactly(0xFFFFFFFF, 0xFF123456, 0xFFFF7F7F);
    assertThat(PixelReader.read("a", png, Limits.defaults(), Reason.BAD_TEXTURE, false).rgb())
        .as("a texture keeps its colours")
        .containsExactly(0x123456, 0x123456, 0xFF0000);
  }

  @Test
  void refusesPicturesThatClaimTooMuch() throws IOException {
    byte[] png = Images.png(noise(20, 10, BufferedImage.TYPE_INT_RGB));
    Limits narrow = GivenLimits.of("image-side = 19");
    Limits few = GivenLimits.of("image-pixels = 199");
    for (Limits limits : new Limits[] {narrow, few}) {
      assertThatThrownBy(() -> Images.decode("x.png", png, limits))
          .hasToString("x.png: TOO_LARGE: The picture has 20 by 10 pixels");
    }
    ByteBuffer lie = ByteBuffer.wrap(png.clone());
    lie.putInt(16, 8000).putInt(20, 8000);
    CRC32 crc = new CRC32();
    crc.update(lie.array(), 12, 17);
    lie.putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> decode(lie.array()))
        .hasMessageContaining("it is too short for 8000 by 8000 pixels");
    assertThatThrownBy(() -> decode(new byte[] {'G', 'I', 'F', '8', '9', 'a', 0, 0, 0}))
        .hasToString("picture: BAD_IMAGE: The picture is neither PNG nor JPEG");
  }

  @Test
  void anyDamageIsAPictureOrANamedFault() throws IOException {
    byte[] png = Images.png(noise(12, 12, BufferedImage.TYPE_INT_RGB));
    byte[] jpeg = encode(noise(12, 12, BufferedImage.TYPE_INT_RGB), "jpeg");
    Limits limits = GivenLimits.of("image-pixels = 1048576");
    for (byte[] bytes : new byte[][] {png, jpeg}) {
      for (int length = 0; length < bytes.length; length++) {
        decodes(Arrays.copyOf(bytes, length), limits);
      }
      for (int i = 0; i < 500; i++) {
        KeyedRandom random = KeyedRandom.of(i);
        byte[] copy = bytes.clone();
        copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        decodes(copy, limits);
      }
    }
  }

  private static void decodes(byte[] bytes, Limits limits) {
    try {
      assertThat(Images.decode(bytes, limits).getWidth()).isPositive();
    } catch (CorruptInputException e) {
      assertThat(e.reason()).isIn(Reason.BAD_IMAGE, Reason.TOO_LARGE);
    }
  }

  @Test
  void resizesToTheMeanOfTheAreaUnderEachPixel() {
    for (int[] size : new int[][] {{3, 2}, {1, 1}, {12, 8}, {5, 7}, {24, 16}, {17, 3}}) {
      BufferedImage image = noise(12, 8, BufferedImage.TYPE_INT_RGB);
      BufferedImage small = Images.resize(image, size[0], size[1]);
      for (int y = 0; y < size[1]; y++) {
        for (int x = 0; x < size[0]; x++) {
          for (int shift = 0; shift <= 16; shift += 8) {
            double expected = mean(image, size, x, y, shift);
            assertThat((double) (small.getRGB(x, y) >> shift & 255))
                .isBetween(expected - 0.51, expected + 0.51);
          }
        }
      }
    }
    assertThatThrownBy(() -> Images.resize(noise(2, 2, 1), 0, 1)).hasMessageContaining("0 by 1");
  }

  /** The mean of the area, from the overlap of every source pixel with the target pixel. */
  private static double mean(BufferedImage image, int[] size, int x, int y, int shift) {
    double wide = (double) image.getWidth() / size[0];
    double high = (double) image.getHeight() / size[1];
    double sum = 0;
    for (int v = 0; v < image.getHeight(); v++) {
      for (int u = 0; u < image.getWidth(); u++) {
        double across = Math.min(u + 1, (x + 1) * wide) - Math.max(u, x * wide);
        double down = Math.min(v + 1, (y + 1) * high) - Math.max(v, y * high);
        if (across > 0 && down > 0) {
          sum += across * down * (image.getRGB(u, v) >> shift & 255);
        }
      }
    }
    return sum / (wide * high);
  }
}
