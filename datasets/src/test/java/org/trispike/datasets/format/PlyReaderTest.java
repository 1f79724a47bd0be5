package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;

final class PlyReaderTest {
  private static final String XYZ = "property float x\nproperty float y\nproperty float z\n";
  private static final String SQUARE = "0 0 0\n2 0 0\n2 2 0\n0 2 0\n";
  private static final String FACES = "element face 1\nproperty list uchar int vertex_indices\n";

  private static String header(String format, int vertices, String properties, String more) {
    return "ply\nformat "
        + format
        + " 1.0\ncomment made by hand\nelement vertex "
        + vertices
        + "\n"
        + properties
        + more
        + "end_header\n";
  }

  private static MeshPart part(String text) throws CorruptInputException {
    return MemoryFiles.of("a.ply", text).part("a.ply");
  }

  private static PointCloud cloud(String text) throws CorruptInputException {
    return MemoryFiles.of("a.ply", text).cloud("a.ply");
  }

  /** A header, and values in binary. */
  private static byte[] binary(String header, ByteOrder order, Number... values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    for (Number value : values) {
      ByteBuffer bytes = ByteBuffer.allocate(8).order(order);
      if (value instanceof Byte b) {
        bytes.put(b);
      } else if (value instanceof Short s) {
        bytes.putShort(s);
      } else if (value instanceof Integer i) {
        bytes.putInt(i);
      } else if (value instanceof Float f) {
        bytes.putFloat(f);
      } else {
        bytes.putDouble(value.doubleValue());
      }
      out.write(bytes.array(), 0, bytes.position());
    }
    return out.toByteArray();
  }

  @Test
  void cutsPolygonsIntoFans() throws CorruptInputException {
    for (String name : new String[] {"vertex_indices", "vertex_index"}) {
      String faces = FACES.replace("vertex_indices", name);
      MeshPart part = part(header("ascii", 4, XYZ, faces) + SQUARE + "4 0 1 2 3");
      assertThat(part.xyz()).containsExactly(0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0);
      assertThat(part.triangles()).containsExactly(0, 1, 2, 0, 2, 3);
      assertThat(part.look()).isEqualTo(Look.grey());
    }
  }

  @Test
  void readsHeadersOfAllLineEnds() throws CorruptInputException {
    String text = header("ascii", 4, XYZ, FACES) + SQUARE + "3 0 1 2\n";
    for (String end : new String[] {"\n", "\r\n", "\r"}) {
      assertThat(part(text.replace("\n", end)).faces()).isEqualTo(1);
    }
  }

  @Test
  void readsAllTypesInBothByteOrders() throws CorruptInputException {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      String format = order == ByteOrder.BIG_ENDIAN ? "binary_big_endian" : "binary_little_endian";
      byte[] bytes =
          binary(
              header(
                  format,
                  3,
                  "property uchar a\nproperty double z\nproperty int16 y\nproperty int8 x\n"
                      + "property list uint16 double weights\n",
                  "element other 1\nproperty uint b\nproperty list char float32 c\n"
                      + "element empty 999999999999\n"
                      + "element face 1\nproperty ushort d\n"
                      + "property list uint uint16 vertex_index\nproperty list int8 uint8 e\n"),
              order,
              (byte) 200,
              1.5,
              (short) -300,
              (byte) -1,
              (short) 0,
              (byte) 201,
              2.5,
              (short) 300,
              (byte) 127,
              (short) 1,
              0.5,
              (byte) 202,
              3.5,
              (short) 0,
              (byte) 0,
              (short) 2,
              0.25,
              0.75,
              -1,
              (byte) 2,
              1f,
              2f,
              (short) -1,
              3,
              (short) 2,
              (short) 1,
              (short) 0,
              (byte) 1,
              (byte) 9);
      MeshPart part = MemoryFiles.of("a.ply", bytes).part("a.ply");
      assertThat(part.xyz()).containsExactly(-1, -300, 1.5f, 127, 300, 2.5f, 0, 0, 3.5f);
      assertThat(part.triangles()).containsExactly(2, 1, 0);
    }
  }

  @Test
  void takesColorsOfVerticesOfAllTypes() throws CorruptInputException {
    assertThat(colors("uchar", "red", "255 51 0")).containsExactly(1, 0.2f, 0);
    assertThat(colors("uchar", "diffuse_red", "1 0 0")[0]).isEqualTo(1 / 255f);
    assertThat(colors("ushort", "red", "65535 0 13107")).containsExactly(1, 0, 0.2f);
    assertThat(colors("float", "red", "1 0.5 0")).containsExactly(1, 0.5f, 0);
    assertThat(colors("int", "r", "255 0 51")).containsExactly(1, 0, 0.2f);
  }

  private static float[] colors(String type, String red, String values)
      throws CorruptInputException {
    String properties = "";
    for (String name :
        new String[] {
          red,
          red.replace("red", "green").replaceAll("^r$", "g"),
          red.replace("red", "blue").replaceAll("^r$", "b")
        }) {
      properties += "property " + type + " " + name + "\n";
    }
    return cloud(header("ascii", 1, properties + XYZ, "") + values + " 1 2 3\n").rgb();
  }

  @Test
  void takesColorsOfFacesWhereVerticesHaveNone() throws CorruptInputException {
    String rgb = "property uchar red\nproperty uchar green\nproperty uchar blue\n";
    String faces = FACES.replace("face 1", "face 2") + rgb;
    MeshPart part =
        part(header("ascii", 4, XYZ, faces) + SQUARE + "3 0 1 2 255 0 0\n3 0 2 3 0 0 255\n");
    assertThat(part.vertices()).isEqualTo(6);
    assertThat(part.look().vertexColors())
        .containsExactly(1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1);
    MeshPart both =
        part(
            header("ascii", 4, XYZ + rgb, faces)
                + SQUARE.replace("\n", " 0 255 0\n")
                + "3 0 1 2 255 0 0\n3 0 2 3 0 0 255\n");
    assertThat(both.vertices()).isEqualTo(4);
    assertThat(both.look().vertexColors()).startsWith(0, 1, 0);
  }

  @Test
  void cutsStripsOfTriangles() throws CorruptInputException {
    String strips = FACES.replace("element face", "element tristrips");
    MeshPart part = part(header("ascii", 4, XYZ, strips) + SQUARE + "9 0 1 3 2 -1 0 1 2 -1\n");
    assertThat(part.triangles()).containsExactly(0, 1, 3, 3, 1, 2, 0, 1, 2);
  }

  @Test
  void aLineMayHoldMoreThanTheHeaderSays() throws CorruptInputException {
    MeshPart part =
        part(
            header("ascii", 4, XYZ, FACES.replace("1", "2")) + SQUARE + "3 0 1 2 9 9\n3 0 2 3 8\n");
    assertThat(part.triangles()).containsExactly(0, 1, 2, 0, 2, 3);
  }

  @Test
  void facesMayComeBeforeVertices() throws CorruptInputException {
    MeshPart part =
        part(
            "ply\nformat ascii 1.0\n"
                + FACES
                + "element vertex 4\n"
                + XYZ
                + "end_header\n3 0 1 2\n"
                + SQUARE);
    assertThat(part.triangles()).containsExactly(0, 1, 2);
  }

  @Test
  void aFileWithoutFacesIsACloud() throws CorruptInputException {
    PointCloud grey = cloud(header("ascii", 2, XYZ, FACES.replace("1", "0")) + "1 2 3\n4 5 6\n");
    assertThat(grey.xyz()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(grey.rgb()).containsOnly(0.8f);
  }

  @Test
  void namesWhatIsWrong() {
    String good = header("ascii", 4, XYZ, FACES);
    Faults.expect("a.ply", "", Reason.BAD_MAGIC, "does not begin with ply");
    Faults.expect("a.ply", "plyx\n", Reason.BAD_MAGIC, "does not begin with ply");
    Faults.expect("a.ply", "ply\nformat ascii 1.0\n", Reason.TRUNCATED, "ends in its header");
    Faults.expect(
        "a.ply", good.replace("ascii", "xml"), Reason.BAD_HEADER, "'xml' is no known format");
    Faults.expect(
        "a.ply",
        good.replace("format ascii 1.0\n", ""),
        Reason.BAD_HEADER,
        "does not name its format");
    Faults.expect(
        "a.ply",
        good.replace("comment", "comet"),
        Reason.BAD_HEADER,
        "unknown line 'comet made by hand'");
    Faults.expect(
        "a.ply", good.replace("float x", "quad x"), Reason.BAD_HEADER, "'quad' is no type");
    Faults.expect("a.ply", good.replace("float x", "x"), Reason.BAD_HEADER, "'property x'");
    Faults.expect("a.ply", good.replace("float x", "float w"), Reason.BAD_HEADER, "no x, y and z");
    Faults.expect(
        "a.ply", good.replace("float x", "list uchar float x"), Reason.BAD_HEADER, "no x, y and z");
    Faults.expect(
        "a.ply", good.replace("vertex 4", "vertex -4"), Reason.BAD_HEADER, "'element vertex -4'");
    Faults.expect(
        "a.ply",
        good.replace("vertex 4", "vertex 99999999999"),
        Reason.COUNT_OVERFLOW,
        "Vertex count 99999999999");
    Faults.expect(
        "a.ply",
        good.replace("face 1", "face 99999999999") + SQUARE,
        Reason.COUNT_OVERFLOW,
        "Face count 99999999999");
    Faults.expect(
        "a.ply", good.replace("vertex 4", "vortex 4"), Reason.BAD_HEADER, "0 elements 'vertex'");
    Faults.expect(
        "a.ply",
        good.replace("vertex_indices", "corners") + SQUARE,
        Reason.BAD_HEADER,
        "no list vertex_indices");
    Faults.expect(
        "a.ply",
        good + SQUARE + "3 0 1 4",
        Reason.INDEX_OUT_OF_RANGE,
        "Face 0 has the vertex 4, outside 0..3");
    Faults.expect(
        "a.ply",
        good + SQUARE + "-3 0 1 4",
        Reason.BAD_ROW,
        "Row 0 of the element 'face' has a list of -3");
    Faults.expect("a.ply", good + SQUARE + "3 0 1 1", Reason.ZERO_AREA, "1 faces");
    Faults.expect("a.ply", good + SQUARE + "2 0 1", Reason.EMPTY, "It has no faces");
    Faults.expect(
        "a.ply", good + SQUARE.replace("2 2", "2 nan") + "3 0 1 2", Reason.NOT_FINITE, "Vertex 2");
    Faults.expect(
        "a.ply", good + SQUARE.replace("2 2", "2 q"), Reason.BAD_ROW, "Line 13: 'q' is no number");
    Faults.expect("a.ply", header("ascii", 0, XYZ, ""), Reason.EMPTY, "no faces and no points");
    String binary =
        good.replace("ascii", "binary_little_endian").replace("vertex 4", "vertex 9000000");
    Faults.expect(
        "a.ply", binary + "xxxx", Reason.TRUNCATED, "9000000 rows of the element 'vertex'");
    Faults.expect(
        "a.ply", "ply\ncomment " + "x".repeat(70_000), Reason.BAD_HEADER, "header does not end");
    MemoryFiles square = MemoryFiles.of("a.ply", good + SQUARE + "4 0 1 2 3");
    Faults.expect(
        square,
        "a.ply",
        GivenLimits.of("vertices = 4, faces = 1"),
        Reason.COUNT_OVERFLOW,
        "Face count 2");
  }

  @Test
  void anyDamageIsAShapeOrANamedFault() {
    String rgb = "property uchar red\nproperty uchar green\nproperty uchar blue\n";
    byte[] text =
        (header("ascii", 4, XYZ + rgb, FACES) + SQUARE.replace("\n", " 0 255 0\n") + "3 0 1 2\n")
            .getBytes(StandardCharsets.UTF_8);
    assertThat(Faults.truncated("a.ply", text)).as("only its last line end may go").isEqualTo(1);
    Faults.damaged("a.ply", text, 3000);
    byte[] binary =
        binary(
            header("binary_little_endian", 3, XYZ, FACES + rgb),
            ByteOrder.LITTLE_ENDIAN,
            0f,
            0f,
            0f,
            1f,
            0f,
            0f,
            0f,
            1f,
            0f,
            (byte) 3,
            0,
            1,
            2,
            (byte) 255,
            (byte) 0,
            (byte) 1);
    assertThat(Faults.truncated("a.ply", binary)).isZero();
    Faults.damaged("a.ply", binary, 3000);
  }
}
