package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.Shape;

/**
 * Reads STL files, text and binary. A binary file may begin with "solid" as well, so the size that
 * its count asks for decides, and then whether the start is text. Colours of triangles are read in
 * both ways that programs keep them in the two spare bytes: with COLOR= in the header red is lowest
 * and the highest bit is off; without it blue is lowest and the highest bit is on.
 */
final class StlReader {
  private static final int HEADER = 84;
  private static final int TRIANGLE = 50;

  private StlReader() {}

  static Shape read(Source source) throws CorruptInputException {
    byte[] bytes = source.bytes();
    long count =
        bytes.length < HEADER
            ? -1
            : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(HEADER - 4)
                & 0xFFFFFFFFL;
    boolean exact = bytes.length == HEADER + count * TRIANGLE;
    MeshPart part =
        !exact && looksLikeText(source, bytes)
            ? StlText.read(source, bytes)
            : binary(source, bytes, count);
    return Checks.mesh(source, List.of(part));
  }

  private static boolean looksLikeText(Source source, byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, HEADER); i++) {
      if (bytes[i] == 0) {
        return false;
      }
    }
    TextScanner in = new TextScanner(source, bytes, 0, false);
    return in.more() && in.skip("solid");
  }

  private static MeshPart binary(Source source, byte[] bytes, long count)
      throws CorruptInputException {
    source.check(count >= 0, Reason.TRUNCATED, "It ends in its header of %s bytes", HEADER);
    Checks.faces(source, count);
    Checks.vertices(source, count * 3);
    source.check(
        HEADER + count * TRIANGLE <= bytes.length,
        Reason.TRUNCATED,
        "Its %s triangles need more than its %s bytes",
        count,
        bytes.length);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] xyz = new float[(int) count * 9];
    for (int t = 0; t < count; t++) {
      int at = HEADER + t * TRIANGLE + 12; // behind the normal
      for (int k = 0; k < 9; k++) {
        xyz[t * 9 + k] = in.getFloat(at + 4 * k);
      }
    }
    return new MeshPart(xyz, indices((int) count * 3), look(bytes, in, (int) count));
  }

  /** Every corner is a vertex of its own. */
  static int[] indices(int count) {
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = i;
    }
    return indices;
  }

  private static Look look(byte[] bytes, ByteBuffer in, int count) {
    String header = new String(bytes, 0, HEADER - 4, StandardCharsets.ISO_8859_1);
    int at = header.indexOf("COLOR=");
    boolean redLowest = at >= 0 && at + 9 < HEADER - 4;
    float[] whole = {Look.GREY, Look.GREY, Look.GREY};
    for (int k = 0; k < 3 && redLowest; k++) {
      whole[k] = (bytes[at + 6 + k] & 255) / 255f;
    }
    float[] rgb = new float[count * 9];
    boolean any = false;
    for (int t = 0; t < count; t++) {
      int bits = in.getShort(HEADER + t * TRIANGLE + TRIANGLE - 2);
      boolean own = (bits & 0x8000) == 0 == redLowest;
      any |= own;
      for (int k = 0; k < 9; k++) {
        int channel = redLowest ? k % 3 : 2 - k % 3;
        rgb[t * 9 + k] = own ? (bits >> 5 * channel & 31) / 31f : whole[k % 3];
      }
    }
    return any ? Look.vertices(rgb) : Look.plain(whole[0], whole[1], whole[2]);
  }
}
