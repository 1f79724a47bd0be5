package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;

final class OffReaderTest {
  private static final String SQUARE = "0 0 0\n2 0 0\n2 2 0\n0 2 0\n";

  private static MeshPart part(String text) throws CorruptInputException {
    return MemoryFiles.of("a.off", text).part("a.off");
  }

  @Test
  void readsKeywordsThatTouchTheCountsAndCommentsAnywhere() throws CorruptInputException {
    for (String start :
        new String[] {
          "OFF\n4 1 4\n", "OFF4 1 0\n", "OFF 4 1 0\r\n", "off\n4 1\n", "# a\n OFF # b\n\n4 1 0#c\n"
        }) {
      MeshPart part = part(start + SQUARE + "# faces\n4 0 1 2 3");
      assertThat(part.xyz()).as(start).containsExactly(0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0);
      assertThat(part.triangles()).as(start).containsExactly(0, 1, 2, 0, 2, 3);
      assertThat(part.look()).isEqualTo(Look.grey());
    }
  }

  @Test
  void takesColorsOfVertices() throws CorruptInputException {
    float[] bytes =
        part("COFF\n3 1 0\n0 0 0 255 0 0 255\n1 0 0 0 51 0 255\n0 1 0 0 0 0 255\n3 0 1 2\n")
            .look()
            .vertexColors();
    assertThat(bytes).containsExactly(1, 0, 0, 0, 0.2f, 0, 0, 0, 0);
    float[] parts =
        part("COFF 3 1 0\n0 0 0 1 0 0\n1 0 0 0 0.5 0 1\n0 1 0\n3 0 1 2\n").look().vertexColors();
    assertThat(parts).containsExactly(1, 0, 0, 0, 0.5f, 0, 0.8f, 0.8f, 0.8f);
  }

  @Test
  void passesOverNormalsAndTextureCoordinates() throws CorruptInputException {
    float[] expected = {0, 0, 0, 1, 0, 0, 0, 1, 0};
    String face = "3 0 1 2\n";
    MeshPart normals = part("NOFF 3 1 0\n0 0 0 0 0 1\n1 0 0 0 0 1\n0 1 0 0 0 1\n" + face);
    assertThat(normals.xyz()).containsExactly(expected);
    MeshPart textured = part("STOFF\n3 1 0\n0 0 0 0.5 1\n1 0 0 0.5 1\n0 1 0 0.5 1\n" + face);
    assertThat(textured.xyz()).containsExactly(expected);
    MeshPart all =
        part(
            "STCNOFF 3 1 0\n0 0 0 0 0 1 1 0 0 1 0.5 1\n"
                + "1 0 0 0 0 1 0 1 0 1 0.5 1\n0 1 0 0 0 1 0 0 1 0.5 1\n"
                + face);
    assertThat(all.xyz()).containsExactly(expected);
    assertThat(all.look().vertexColors()).containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1);
  }

  @Test
  void aVertexBetweenFacesOfTwoColorsBecomesTwo() throws CorruptInputException {
    MeshPart part =
        part("OFF 4 3 0\n" + SQUARE + "3 0 1 2 255 0 0\n3 0 2 3 0 0 255 255\n3 0 1 3 7\n");
    assertThat(part.triangles()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
    float[] colors = part.look().vertexColors();
    assertThat(colors).startsWith(1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1).endsWith(0.8f, 0.8f, 0.8f);
    MeshPart same = part("OFF 4 2 0\n" + SQUARE + "3 0 1 2 1.0 0 0.2\n3 0 2 3 1.0 0 0.2 0.5\n");
    assertThat(same.vertices()).isEqualTo(4);
    assertThat(same.look().vertexColors()).startsWith(1, 0, 0.2f);
  }

  @Test
  void aFileWithoutFacesIsACloud() throws CorruptInputException {
    var cloud = MemoryFiles.of("a.off", "COFF 2 0 0\n1 2 3 255 0 0\n4 5 6 0 0 0\n").cloud("a.off");
    assertThat(cloud.xyz()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(cloud.rgb()).containsExactly(1, 0, 0, 0, 0, 0);
  }

  @Test
  void namesWhatIsWrong() {
    Faults.expect("a.off", "", Reason.EMPTY, "no text");
    Faults.expect("a.off", "PLY\n", Reason.BAD_MAGIC, "does not begin with OFF");
    Faults.expect("a.off", "4OFF\n", Reason.UNSUPPORTED, "three coordinates");
    Faults.expect("a.off", "4nOFF\n4\n", Reason.UNSUPPORTED, "three coordinates");
    Faults.expect("a.off", "OFF BINARY\n\0\0\0\1", Reason.UNSUPPORTED, "binary");
    Faults.expect("a.off", "OFF\n0 0 0\n", Reason.EMPTY, "no faces and no points");
    Faults.expect(
        "a.off", "OFF\n2000000000 1 0\n", Reason.COUNT_OVERFLOW, "Vertex count 2000000000");
    Faults.expect("a.off", "OFF\n-1 1 0\n", Reason.COUNT_OVERFLOW, "Vertex count -1");
    Faults.expect("a.off", "OFF\n4 -1 0\n", Reason.COUNT_OVERFLOW, "Face count -1");
    Faults.expect("a.off", "OFF\n4 x 0\n", Reason.BAD_ROW, "Line 2: 'x'");
    Faults.expect("a.off", "OFF\n9000000 1 0\n0 0 0\n", Reason.TRUNCATED, "a number should follow");
    Faults.expect(
        "a.off",
        "OFF\n4 1 0\n" + SQUARE + "3 0 1 4",
        Reason.INDEX_OUT_OF_RANGE,
        "Face 0 has the vertex 4, outside 0..3");
    Faults.expect(
        "a.off",
        "OFF\n4 1 0\n" + SQUARE + "-3 0 1 2",
        Reason.BAD_ROW,
        "Line 7: a face of -3 corners");
    Faults.expect(
        "a.off",
        "OFF\n4 1 0\n" + SQUARE + "3000000 0 1 2",
        Reason.TRUNCATED,
        "a number should follow");
    Faults.expect("a.off", "OFF\n4 1 0\n" + SQUARE + "3 0 0 0", Reason.ZERO_AREA, "1 faces");
    Faults.expect("a.off", "OFF\n4 1 0\n" + SQUARE + "2 0 1", Reason.EMPTY, "It has no faces");
    MemoryFiles square = MemoryFiles.of("a.off", "OFF\n4 1 0\n" + SQUARE + "4 0 1 2 3");
    Faults.expect(
        square,
        "a.off",
        GivenLimits.of("vertices = 4, faces = 1"),
        Reason.COUNT_OVERFLOW,
        "Face count 2");
  }

  @Test
  void anyDamageIsAShapeOrANamedFault() {
    byte[] bytes =
        ("COFF # x\n4 2 0\n" + SQUARE.replace(" 0\n", " 0 255 0 0\n") + "3 0 1 2 1 0 0\n3 0 2 3\n")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Faults.truncated("a.off", bytes)).as("only its last line end may go").isEqualTo(1);
    Faults.damaged("a.off", bytes, 3000);
  }
}
