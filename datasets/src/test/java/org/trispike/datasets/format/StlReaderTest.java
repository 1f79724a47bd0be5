package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;

final class StlReaderTest {
  private static final float[] TWO = {0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 2, 0, 1, 0, 2, 1};

  private static byte[] binary(String header, float[] xyz, int... attributes) {
    int count = xyz.length / 9;
    ByteBuffer out = ByteBuffer.allocate(84 + 50 * count).order(ByteOrder.LITTLE_ENDIAN);
    out.put(header.getBytes(StandardCharsets.ISO_8859_1)).position(80).putInt(count);
    for (int t = 0; t < count; t++) {
      out.putFloat(0).putFloat(0).putFloat(1);
      for (int k = 0; k < 9; k++) {
        out.putFloat(xyz[t * 9 + k]);
      }
      out.putShort((short) (attributes.length > t ? attributes[t] : 0));
    }
    return out.array();
  }

  private static String text(float[] xyz) {
    StringBuilder out = new StringBuilder("solid of a facet\n");
    for (int t = 0; t < xyz.length; t += 9) {
      out.append(" facet normal 0 0 -nan(ind)\n  OUTER loop\r\n");
      for (int k = t; k < t + 9; k += 3) {
        out.append("   vertex " + xyz[k] + " " + xyz[k + 1] + "e0 " + xyz[k + 2] + "\n");
      }
      out.append("  endloop\n endfacet\n");
    }
    return out.append("endsolid of a facet\n").toString();
  }

  @Test
  void readsTextAndBinaryAlike() throws CorruptInputException {
    for (MemoryFiles files :
        new MemoryFiles[] {
          MemoryFiles.of("a.stl", text(TWO)),
          MemoryFiles.of("a.stl", binary("made by hand", TWO)),
          MemoryFiles.of("a.stl", binary("solid but binary facet", TWO))
        }) {
      MeshPart part = files.part("a.stl");
      assertThat(part.xyz()).containsExactly(TWO);
      assertThat(part.triangles()).containsExactly(0, 1, 2, 3, 4, 5);
      assertThat(part.look()).isEqualTo(Look.grey());
    }
  }

  @Test
  void aBinaryFileThatBeginsWithSolidMayBeLongerThanItsCount() throws CorruptInputException {
    byte[] bytes = binary("solid x", TWO);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 3);
    assertThat(MemoryFiles.of("a.stl", longer).part("a.stl").faces()).isEqualTo(2);
  }

  @Test
  void readsSeveralSolids() throws CorruptInputException {
    assertThat(MemoryFiles.of("a.stl", text(TWO) + "\n" + text(TWO)).part("a.stl").faces())
        .isEqualTo(4);
  }

  @Test
  void readsBothWaysToKeepColors() throws CorruptInputException {
    int red = 31 << 10 | 0x8000;
    int green = 31 << 5 | 0x8000;
    assertThat(colors(binary("x", TWO, red, green)))
        .containsExactly(1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0);
    assertThat(colors(binary("x", TWO, red, 0))).endsWith(0.8f, 0.8f, 0.8f);
    String header = "COLOR=\u0000\u0000\u00FF\u00FF";
    assertThat(colors(binary(header, TWO, 31, 0xFFFF)))
        .containsExactly(1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1);
    assertThat(MemoryFiles.of("a.stl", binary(header, TWO, 0x8000, 0x8000)).part("a.stl").look())
        .isEqualTo(Look.plain(0, 0, 1));
  }

  private static float[] colors(byte[] bytes) throws CorruptInputException {
    return MemoryFiles.of("a.stl", bytes).part("a.stl").look().vertexColors();
  }

  @Test
  void namesWhatIsWrong() {
    Faults.expect("a.stl", "", Reason.TRUNCATED, "header of 84 bytes");
    Faults.expect("a.stl", "solid x\nendsolid x", Reason.EMPTY, "It has no faces");
    Faults.expect("a.stl", "solid x\n", Reason.TRUNCATED, "before endsolid");
    Faults.expect(
        "a.stl",
        text(TWO).replace(" endfacet", ""),
        Reason.BAD_ROW,
        "Line 9: a facet with 3 corners");
    Faults.expect(
        "a.stl",
        text(TWO).replace("   vertex", "   vortex"),
        Reason.BAD_ROW,
        "Line 4: unknown word 'vortex'");
    Faults.expect(
        "a.stl",
        text(TWO).replace("2.0e0", "2.0e0x"),
        Reason.BAD_ROW,
        "Line 13: '2.0e0x' is no number");
    byte[] large = binary("x", TWO);
    large[83] = (byte) 0xFF;
    Faults.expect("a.stl", large, Reason.COUNT_OVERFLOW, "Face count 4278190082");
    byte[] more = binary("x", TWO);
    more[80] = 3;
    Faults.expect("a.stl", more, Reason.TRUNCATED, "3 triangles need more than its 184 bytes");
    Faults.expect("a.stl", binary("x", new float[9]), Reason.ZERO_AREA, "1 faces");
    float[] wild = TWO.clone();
    wild[3] = Float.NaN;
    Faults.expect("a.stl", binary("x", wild), Reason.NOT_FINITE, "Vertex 1");
    MemoryFiles two = MemoryFiles.of("a.stl", binary("x", TWO));
    Faults.expect(
        two,
        "a.stl",
        GivenLimits.of("vertices = 5, faces = 2"),
        Reason.COUNT_OVERFLOW,
        "Vertex count 6");
    MemoryFiles text = MemoryFiles.of("a.stl", text(TWO));
    Faults.expect(
        text,
        "a.stl",
        GivenLimits.of("vertices = 5, faces = 2"),
        Reason.COUNT_OVERFLOW,
        "Vertex count 6");
  }

  @Test
  void anyDamageIsAShapeOrANamedFault() {
    byte[] text = text(TWO).getBytes(StandardCharsets.UTF_8);
    // "endsolid" must be whole; the name behind it may go.
    assertThat(Faults.truncated("a.stl", text)).isEqualTo(" of a facet\n".length());
    Faults.damaged("a.stl", text, 3000);
    byte[] binary = binary("solid", TWO, 0x801F);
    assertThat(Faults.truncated("a.stl", binary)).isZero();
    Faults.damaged("a.stl", binary, 3000);
  }
}
