package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.SurfaceSampler;
import org.trispike.kernels.KeyedRandom;

final class ObjReaderTest {
  private static final String SQUARE =
      """
      v 0 0 0
      v 2 0 0
      v 2 2 0
      v 0 2 0
      """;

  private static MeshPart part(String text) throws CorruptInputException {
    return MemoryFiles.of("a.obj", text).part("a.obj");
  }

  private static byte[] picture() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000); // upper left
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(0, 1, 0x0000FF); // lower left
    image.setRGB(1, 1, 0xFFFFFF);
    return Images.png(image);
  }

  @Test
  void cutsPolygonsIntoFans() throws CorruptInputException {
    MeshPart part = part(SQUARE + "f 1 2 3 4\n");
    assertThat(part.xyz()).containsExactly(0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0);
    assertThat(part.triangles()).containsExactly(0, 1, 2, 0, 2, 3);
    assertThat(part.look()).isEqualTo(Look.grey());
  }

  @Test
  void readsAllFormsOfIndices() throws CorruptInputException {
    String vertices = SQUARE + "vt 0 0\nvt 1 0\nvt 1 1\nvn 0 0 1\n";
    for (String face :
        new String[] {
          "f 1 2 3", "f 1/1 2/2 3/3", "f 1//1 2//1 3//1", "f 1/1/1 2/2/1 3/3/1", "f 1// 2// 3//",
          "f 1/ 2/ 3/", "f -4 -3 -2", "f -4/-3/-1 -3/-2/-1 -2/-1/-1", "f\t1  2\t3 # 4", "f +1 2 3"
        }) {
      MeshPart part = part(vertices + face);
      assertThat(part.xyz()).as(face).containsExactly(0, 0, 0, 2, 0, 0, 2, 2, 0);
      assertThat(part.triangles()).as(face).containsExactly(0, 1, 2);
    }
  }

  @Test
  void negativeIndicesCountFromWhereTheFaceStands() throws CorruptInputException {
    MeshPart part =
        part("v 0 0 0\nv 1 0 0\nv 0 1 0\nf -3 -2 -1\nv 5 5 5\nv 6 5 5\nv 5 6 5\nf -3 -2 -1");
    assertThat(part.xyz()).containsExactly(0, 0, 0, 1, 0, 0, 0, 1, 0, 5, 5, 5, 6, 5, 5, 5, 6, 5);
  }

  @Test
  void leavesOutUnusedVerticesAndFacesOfFewerThanThreeCorners() throws CorruptInputException {
    MeshPart part =
        part("v nan 0 0\n" + SQUARE + "f 1 2\nf 3\nf\nl 1 2\np 1\no x\ng y\ns off\nf 2 3 4");
    assertThat(part.vertices()).isEqualTo(3);
    assertThat(part.faces()).isEqualTo(1);
  }

  @Test
  void joinsLinesThatEndInABackslash() throws CorruptInputException {
    MeshPart part = part("# C:\\a\\\nv 0 0 \\\n0\r\nv 2 0 0\nv 2 2 0\nv 0 2 0\nf 1 2 \\\r\n 3 4");
    assertThat(part.xyz()).containsExactly(0, 0, 0, 2, 0, 0, 2, 2, 0, 0, 2, 0);
    assertThat(part.faces()).isEqualTo(2);
    Faults.expect("a.obj", "v 0 0 \\\n0\nv 1 x 0\n", Reason.BAD_ROW, "Line 3: 'x' is no number");
  }

  @Test
  void takesColorsOfVertices() throws CorruptInputException {
    String faces = "f 1 2 3";
    assertThat(
            part("v 0 0 0 1 0 0\nv 1 0 0 0 0.5 0\nv 0 1 0 0 0 1\n" + faces).look().vertexColors())
        .containsExactly(1, 0, 0, 0, 0.5f, 0, 0, 0, 1);
    assertThat(
            part("v 0 0 0 255 0 0\nv 1 0 0 0 51 0\nv 0 1 0 0 0 0\n" + faces).look().vertexColors())
        .containsExactly(1, 0, 0, 0, 0.2f, 0, 0, 0, 0);
    assertThat(
            part("v 0 0 0\nv 1 0 0 0 0.5 0\nv 0 1 0 nan nan nan\n" + faces).look().vertexColors())
        .containsExactly(0.8f, 0.8f, 0.8f, 0, 0.5f, 0, 0.8f, 0.8f, 0.8f);
    MeshPart weights = part("v 0 0 0 1\nv 1 0 0 1\nv 0 1 0 1\n" + faces);
    assertThat(weights.look().vertexColors()).as("a weight is no colour").isNull();
  }

  @Test
  void makesAPartOfEachMaterial() throws CorruptInputException {
    MemoryFiles files =
        new MemoryFiles()
            .with(
                "d/a.obj",
                "mtllib ../m/one.mtl two.mtl\n"
                    + SQUARE
                    + "f 1 2 3\nusemtl Material #25\nf 1 3 4\nusemtl b\nf 1 2 4\nusemtl Material #25\nf 2 3 4\n")
            .with("m/one.mtl", "newmtl Material #25\nKa 1 1 1\nKd 0.25 0.5 2\nd 0.5")
            .with("d/two.mtl", "# b\r\nnewmtl b\r\n  Kd 0.125\r\nnewmtl b\r\nKd 1 1 1\r\n");
    Mesh mesh = files.mesh("d/a.obj");
    assertThat(mesh.parts()).hasSize(3);
    assertThat(mesh.parts().get(0).look()).isEqualTo(Look.grey());
    assertThat(mesh.parts().get(1).look()).isEqualTo(Look.plain(0.25f, 0.5f, 1));
    assertThat(mesh.parts().get(1).triangles()).containsExactly(0, 1, 2, 3, 1, 2);
    assertThat(mesh.parts().get(2).look()).isEqualTo(Look.plain(0.125f, 0.125f, 0.125f));
    assertThat(mesh.parts().get(2).xyz()).containsExactly(0, 0, 0, 2, 0, 0, 0, 2, 0);
  }

  @Test
  void aLibraryWithSpacesInItsNameIsOneFile() throws CorruptInputException {
    MemoryFiles files =
        MemoryFiles.of("a.obj", "mtllib my red.mtl\nusemtl r\n" + SQUARE + "f 1 2 3")
            .with("my red.mtl", "newmtl r\nKd 1 0 0\n");
    assertThat(files.part("a.obj").look()).isEqualTo(Look.plain(1, 0, 0));
  }

  @Test
  void surfacesWithoutTheirLibraryAreGrey() throws CorruptInputException {
    for (String name : new String[] {"gone.mtl", "C:\\x\\a.mtl", "../../../etc/passwd", ".", ""}) {
      assertThat(part("mtllib " + name + "\nusemtl r\n" + SQUARE + "f 1 2 3").look())
          .as(name)
          .isEqualTo(Look.grey());
    }
  }

  private static final String TEXTURED =
      "mtllib a.mtl\n" + SQUARE + "vt 0 0\nvt 1 0\nvt 1 1\nvt 0 1\nusemtl t\nf 1/1 2/2 3/3 4/4\n";

  @Test
  void laysTexturesWithTheirLowerLeftCornerAtTheOrigin() throws CorruptInputException {
    MemoryFiles files =
        MemoryFiles.of("a.obj", TEXTURED)
            .with("a.mtl", "newmtl t\nKd 0 0 0\nmap_Kd -clamp on -s 1 1 -o 0 -mm 0 1 my tex.png\n")
            .with("my tex.png", picture());
    MeshPart part = files.part("a.obj");
    Look look = part.look();
    assertThat(look.red()).as("black below a texture counts as white").isEqualTo(1);
    for (int v = 0; v < 4; v++) { // each corner, a little inwards
      float x = part.xyz()[v * 3];
      float y = part.xyz()[v * 3 + 1];
      float u = look.uv()[v * 2] * 0.8f + 0.1f;
      float down = look.uv()[v * 2 + 1] * 0.8f + 0.1f;
      int expected = y > 1 ? (x > 1 ? 0x00FF00 : 0xFF0000) : x > 1 ? 0xFFFFFF : 0x0000FF;
      assertThat(look.texture().texel(u, down)).as("corner %s %s", x, y).isEqualTo(expected);
    }
  }

  @Test
  void facesWithoutTextureCoordinatesStayPlain() throws CorruptInputException {
    MemoryFiles files =
        MemoryFiles.of("a.obj", TEXTURED + "f 1/1 2 3\n")
            .with("a.mtl", "newmtl t\nKd 1 0.5 0\nmap_Kd a.png")
            .with("a.png", picture());
    Mesh mesh = files.mesh("a.obj");
    assertThat(mesh.parts()).extracting(MeshPart::faces).containsExactly(2, 1);
    assertThat(mesh.parts().get(0).look().green()).isEqualTo(0.5f);
    assertThat(mesh.parts().get(1).look()).isEqualTo(Look.plain(1, 0.5f, 0));
  }

  @Test
  void aVertexWithTwoTextureCoordinatesBecomesTwo() throws CorruptInputException {
    MemoryFiles files =
        MemoryFiles.of("a.obj", TEXTURED + "f 1/3 2/2 3/3\n")
            .with("a.mtl", "newmtl t\nmap_Kd a.png")
            .with("a.png", picture());
    MeshPart part = files.part("a.obj");
    assertThat(part.triangles()).containsExactly(0, 1, 2, 0, 2, 3, 4, 1, 2);
    assertThat(part.look().uv()).containsExactly(0, 1, 1, 1, 1, 0, 0, 0, 1, 0);
  }

  @Test
  void aMissingTextureLeavesTheColorAndABrokenOneIsAFault() throws CorruptInputException {
    for (String name : new String[] {"gone.png", "/tmp/a.png", "C:\\a.png", ""}) {
      MemoryFiles files =
          MemoryFiles.of("a.obj", TEXTURED).with("a.mtl", "newmtl t\nKd 1 0 0\nmap_Kd " + name);
      assertThat(files.part("a.obj").look()).as(name).isEqualTo(Look.plain(1, 0, 0));
    }
    MemoryFiles broken =
        MemoryFiles.of("a.obj", TEXTURED)
            .with("a.mtl", "newmtl t\nmap_Kd a.png")
            .with("a.png", new byte[] {1, 2, 3});
    Faults.expect(broken, "a.obj", Limits.defaults(), Reason.BAD_TEXTURE, "a.png: BAD_TEXTURE");
    broken.with("a.obj", TEXTURED.replace("usemtl t", "usemtl u"));
    assertThat(broken.part("a.obj").faces()).as("nothing uses it").isEqualTo(2);
  }

  @Test
  void aFileOfVerticesAloneIsACloud() throws CorruptInputException {
    var cloud = MemoryFiles.of("a.OBJ", "v 1 2 3 1 0 0\nv 4 5 6 0 1 0\n").cloud("a.OBJ");
    assertThat(cloud.xyz()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(cloud.rgb()).containsExactly(1, 0, 0, 0, 1, 0);
  }

  @Test
  void namesWhatIsWrong() {
    Faults.expect("a.obj", "", Reason.EMPTY, "no faces and no points");
    Faults.expect("a.obj", "# nothing\n", Reason.EMPTY, "no faces and no points");
    Faults.expect("a.obj", "v 1 2\nv 1 2 3\n", Reason.BAD_ROW, "Line 1: it ends");
    Faults.expect("a.obj", "v 1 2 3\nv 1 2", Reason.TRUNCATED, "Line 2: it ends");
    Faults.expect("a.obj", SQUARE + "f 1 2 5", Reason.INDEX_OUT_OF_RANGE, "vertex 5, outside 1..4");
    Faults.expect(
        "a.obj", SQUARE + "f 1 2 0", Reason.INDEX_OUT_OF_RANGE, "Line 5: a face has the vertex 0");
    Faults.expect(
        "a.obj",
        SQUARE + "f 1 2 -5",
        Reason.INDEX_OUT_OF_RANGE,
        "Line 5: a face has the vertex -5");
    Faults.expect("a.obj", SQUARE + "f 1 2 99999999999", Reason.INDEX_OUT_OF_RANGE, "99999999999");
    Faults.expect("a.obj", SQUARE + "f 1 2 9999999999999999999", Reason.BAD_ROW, "Line 5");
    Faults.expect("a.obj", SQUARE + "f 1 2 3x", Reason.BAD_ROW, "Line 5: 'x' stands in a face");
    Faults.expect("a.obj", SQUARE + "f a b c", Reason.BAD_ROW, "Line 5: 'a' is no whole number");
    Faults.expect("a.obj", "v 0 0 0\nv 1 1 1\nv 2 2 2\nf 1 2 3", Reason.ZERO_AREA, "1 faces");
    Faults.expect(
        "a.obj",
        SQUARE.replace("v 2 2 0", "v 1e999 2 0") + "f 1 2 3",
        Reason.NOT_FINITE,
        "Infinity");
    MemoryFiles colors =
        MemoryFiles.of("a.obj", "mtllib a.mtl\n" + SQUARE + "f 1 2 3")
            .with("a.mtl", "newmtl a\nKd x");
    Faults.expect(colors, "a.obj", Limits.defaults(), Reason.BAD_ROW, "a.mtl: BAD_ROW: Line 2");
    MemoryFiles square = MemoryFiles.of("a.obj", SQUARE + "f 1 2 3 4");
    Faults.expect(
        square,
        "a.obj",
        GivenLimits.of("vertices = 3, faces = 9"),
        Reason.COUNT_OVERFLOW,
        "Vertex count 4");
    Faults.expect(
        square,
        "a.obj",
        GivenLimits.of("vertices = 9, faces = 1"),
        Reason.COUNT_OVERFLOW,
        "Face count 2");
    Faults.expect(square, "b.obj", Limits.defaults(), Reason.MISSING, "b.obj");
  }

  @Test
  void textureCoordinatesOutOfRangeMatterOnlyWhereThereIsATexture() throws CorruptInputException {
    String wild = TEXTURED.replace("3/3", "3/9");
    MemoryFiles files = MemoryFiles.of("a.obj", wild).with("a.mtl", "newmtl t\nmap_Kd a.png");
    assertThat(files.part("a.obj").faces()).isEqualTo(2);
    files.with("a.png", picture());
    Faults.expect(
        files, "a.obj", Limits.defaults(), Reason.INDEX_OUT_OF_RANGE, "coordinate 9, outside 1..4");
  }

  @Test
  void manyTextureCoordinatesOfAVertexAreNotSlow() throws CorruptInputException {
    int count = 40_000;
    StringBuilder text = new StringBuilder("mtllib a.mtl\nusemtl t\n").append(SQUARE);
    for (int i = 0; i < count; i++) {
      text.append("vt 0 0\nf 1/").append(i + 1).append(" 2/1 3/1\n");
    }
    MemoryFiles files =
        MemoryFiles.of("a.obj", text.toString())
            .with("a.mtl", "newmtl t\nmap_Kd a.png")
            .with("a.png", picture());
    long start = System.nanoTime();
    assertThat(files.part("a.obj").vertices()).isEqualTo(count + 2);
    assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
  }

  @Test
  void readsBackWhatWasWrittenDown() throws CorruptInputException {
    KeyedRandom random = KeyedRandom.of(7);
    float[] xyz = new float[300];
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 300; i += 3) {
      text.append("v");
      for (int k = 0; k < 3; k++) {
        xyz[i + k] = (float) random.uniform(-50, 50);
        text.append(' ').append(xyz[i + k]);
      }
      text.append('\n');
    }
    double area = 0;
    for (int v = 0; v + 2 < 100; v += 3) {
      text.append(String.format(Locale.ROOT, "f %d %d %d%n", v + 1, v + 2, v + 3));
      area += heron(xyz, v);
    }
    Mesh mesh = MemoryFiles.of("a.obj", text.toString()).mesh("a.obj");
    assertThat(mesh.parts().get(0).xyz()).startsWith(xyz[0], xyz[1], xyz[2]).hasSize(297);
    assertThat(SurfaceSampler.area(mesh)).isCloseTo(area, within(1e-3 * area));
  }

  /** The area of the triangle of three vertices, from its sides. */
  private static double heron(float[] xyz, int v) {
    double[] side = new double[3];
    for (int e = 0; e < 3; e++) {
      for (int k = 0; k < 3; k++) {
        double d = xyz[(v + e) * 3 + k] - (double) xyz[(v + (e + 1) % 3) * 3 + k];
        side[e] += d * d;
      }
      side[e] = Math.sqrt(side[e]);
    }
    double half = (side[0] + side[1] + side[2]) / 2;
    return Math.sqrt(half * (half - side[0]) * (half - side[1]) * (half - side[2]));
  }

  @Test
  void anyDamageIsAShapeOrANamedFault() {
    byte[] bytes =
        (TEXTURED + "v 0 0 0 0.5 0.5 0.5\nf -1 \\\n 1 2\n").getBytes(StandardCharsets.UTF_8);
    Faults.truncated("a.obj", bytes);
    Faults.damaged("a.obj", bytes, 3000);
  }

  @Test
  void anyDamageToALibraryIsAShapeOrANamedFault() {
    byte[] library =
        "newmtl t\nKd 1 0 0\nmap_Kd -o 0 0 -bm 1 a.png\n".getBytes(StandardCharsets.UTF_8);
    int shapes = 0;
    for (int i = 0; i < 2000; i++) {
      KeyedRandom random = KeyedRandom.of(i);
      byte[] copy = library.clone();
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
      MemoryFiles files =
          MemoryFiles.of("a.obj", TEXTURED).with("a.mtl", copy).with("a.png", picture());
      try {
        shapes += files.mesh("a.obj").faces();
      } catch (CorruptInputException e) {
        assertThat(e.file()).isEqualTo("a.mtl");
      }
    }
    assertThat(shapes).isGreaterThan(2000);
  }
}
