package org.trispike.datasets.format;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Writes PNG files of three channels: rows as differences to the row above (filter 2), deflate at
 * its fastest level. ImageIO's writer takes several times as long at its default level, and
 * rendered views are many. Format: PNG specification, third edition, sections 5, 9 and 10.
 */
final class PngWriter {
  private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};

  private PngWriter() {}

  static byte[] write(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    byte[] rows = rows(image.getRGB(0, 0, width, height, null, 0, width), width, height);
    ByteArrayOutputStream out = new ByteArrayOutputStream(rows.length / 4 + 64);
    out.writeBytes(MAGIC);
    byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).array();
    header[8] = 8; // bits of a channel
    header[9] = 2; // red, green, blue
    chunk(out, "IHDR", header, header.length);
    byte[] packed = new byte[rows.length + rows.length / 1000 + 64];
    Deflater deflater = new Deflater(1);
    try {
      deflater.setInput(rows);
      deflater.finish();
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(packed, length, packed.length - length);
      }
      chunk(out, "IDAT", packed, length);
    } finally {
      deflater.end();
    }
    chunk(out, "IEND", new byte[0], 0);
    return out.toByteArray();
  }

  private static byte[] rows(int[] rgb, int width, int height) {
    byte[] rows = new byte[height * (1 + 3 * width)];
    int at = 0;
    for (int y = 0; y < height; y++) {
      rows[at++] = 2;
      for (int x = 0; x < width; x++) {
        int pixel = rgb[y * width + x];
        int above = y > 0 ? rgb[(y - 1) * width + x] : 0;
        rows[at++] = (byte) ((pixel >> 16) - (above >> 16));
        rows[at++] = (byte) ((pixel >> 8) - (above >> 8));
        rows[at++] = (byte) (pixel - above);
      }
    }
    return rows;
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] data, int length) {
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(type);
    crc.update(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt(length).array());
    out.writeBytes(type);
    out.write(data, 0, length);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
