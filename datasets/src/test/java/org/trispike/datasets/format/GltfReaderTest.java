package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;

final class GltfReaderTest {
  private static final Offset<Float> EXACT = within(1e-6f);
  private static final float[] TRIANGLE = {0, 0, 0, 1, 0, 0, 0, 1, 0};
  private static final float[] SQUARE = {0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0};

  private GltfFixture file;

  @BeforeEach
  void empty() {
    file = new GltfFixture();
  }

  @Test
  void aTriangleWithoutMaterialIsGrey() throws CorruptInputException {
    file.positions(TRIANGLE);
    MeshPart part = only(GltfFixture.single("{\"attributes\":{\"POSITION\":0}}"));
    assertThat(part.xyz()).containsExactly(TRIANGLE);
    assertThat(part.triangles()).containsExactly(0, 1, 2);
    assertThat(part.look()).isEqualTo(Look.grey());
  }

  @Test
  void buffersLieInTheFileOrBesideIt() throws CorruptInputException {
    file.positions(TRIANGLE);
    String rest = GltfFixture.single("{\"attributes\":{\"POSITION\":0}}");
    file.file("shapes/more data/a+b.bin", file.buffer());
    for (String uri : new String[] {file.embedded(), "more%20data/a+b.bin"}) {
      byte[] text = file.json(uri, rest).getBytes(StandardCharsets.UTF_8);
      Mesh mesh = (Mesh) file.read("shapes/a.gltf", text);
      assertThat(mesh.parts().get(0).xyz()).containsExactly(TRIANGLE);
    }
    assertThatThrownBy(() -> file.read("shapes/a.gltf", bytes(file.json("../../etc/passwd", rest))))
        .hasToString(
            "shapes/a.gltf: UNSUPPORTED: '../../etc/passwd' leads out of the data's folder");
    assertThatThrownBy(() -> file.read("shapes/a.gltf", bytes(file.json("none.bin", rest))))
        .hasToString("shapes/none.bin: MISSING: There is no such file");
  }

  @Test
  void eachNodeMovesWhatIsBelowIt() throws CorruptInputException {
    file.positions(TRIANGLE);
    // Up by 10 along z; then a quarter turn about z, twice as large; then the mesh, by matrix.
    String nodes =
        """
        "meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"scene":1,
        "scenes":[{"nodes":[3]},{"nodes":[0]}],"nodes":[
        {"children":[1,4],"translation":[0,0,10]},
        {"children":[2],"rotation":[0,0,0.70710678118654752,0.70710678118654752],"scale":[2,2,2]},
        {"mesh":0,"matrix":[1,0,0,0, 0,3,0,0, 0,0,1,0, 5,6,7,1]},
        {"mesh":0},
        {"mesh":0}]""";
    Mesh mesh = file.mesh(nodes);
    assertThat(mesh.parts()).hasSize(2);
    assertThat(mesh.parts().get(0).xyz())
        .containsExactly(new float[] {-12, 10, 24, -12, 12, 24, -18, 10, 24}, EXACT);
    assertThat(mesh.parts().get(1).xyz()).containsExactly(0, 0, 10, 1, 0, 10, 0, 1, 10);
    assertThat(mesh.parts().get(1).triangles()).isSameAs(mesh.parts().get(0).triangles());
  }

  @Test
  void withoutScenesAllRootsAreShown() throws CorruptInputException {
    file.positions(TRIANGLE);
    String mesh = "\"meshes\":[{\"primitives\":[{\"attributes\":{\"POSITION\":0}}]}],";
    String nodes = "\"nodes\":[{\"mesh\":0},{\"mesh\":0,\"translation\":[0,0,1]}]";
    assertThat(file.mesh(mesh + nodes).faces()).isEqualTo(2);
    assertThat(file.mesh(mesh + "\"scenes\":[{\"nodes\":[1]},{\"nodes\":[0]}]," + nodes).parts())
        .singleElement()
        .satisfies(part -> assertThat(part.xyz()[2]).isEqualTo(1));
  }

  @Test
  void indicesStripsAndFansBecomeTriangles() throws CorruptInputException {
    file.positions(0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 2, 2, 0);
    file.uint8("SCALAR", 1, false, 4, 3, 2, 1, 0);
    String start = "{\"attributes\":{\"POSITION\":0}";
    assertThat(triangles(start + ",\"indices\":1}")).containsExactly(4, 3, 2);
    assertThat(triangles(start + ",\"mode\":5}")).containsExactly(0, 1, 2, 1, 3, 2, 2, 3, 4);
    assertThat(triangles(start + ",\"mode\":5,\"indices\":1}"))
        .containsExactly(4, 3, 2, 3, 1, 2, 2, 1, 0);
    assertThat(triangles(start + ",\"mode\":6}")).containsExactly(0, 1, 2, 0, 2, 3, 0, 3, 4);
  }

  @Test
  void stridesAndOffsetsAreFollowed() throws CorruptInputException {
    float[] mixed = {9, 0, 0, 0, 8, 8, 1, 0, 0, 8, 8, 0, 1, 0, 8};
    int view = file.view(GltfFixture.bytes(mixed), 20);
    String more = "\"byteOffset\":4,\"bufferView\":" + view;
    file.accessor(GltfFixture.FLOAT32, 3, "VEC3", more);
    assertThat(only(GltfFixture.single("{\"attributes\":{\"POSITION\":0}}")).xyz())
        .containsExactly(TRIANGLE);
  }

  @Test
  void sparseAccessorsChangeSomeElements() throws CorruptInputException {
    int base = file.view(GltfFixture.bytes(TRIANGLE), 0);
    int where = file.view(GltfFixture.shorts(2, 1), 0);
    int what = file.view(GltfFixture.bytes(0, 5, 0, 6, 0, 0), 0);
    String sparse =
        """
        "sparse":{"count":2,"indices":{"bufferView":%d,"componentType":5123},\
        "values":{"bufferView":%d}}"""
            .formatted(where, what);
    int dense =
        file.accessor(GltfFixture.FLOAT32, 3, "VEC3", "\"bufferView\":" + base + "," + sparse);
    int zeros = file.accessor(GltfFixture.FLOAT32, 3, "VEC3", sparse);
    for (int accessor : new int[] {dense, zeros}) {
      String primitive = "{\"attributes\":{\"POSITION\":" + accessor + "}}";
      assertThat(only(GltfFixture.single(primitive)).xyz())
          .containsExactly(0, 0, 0, 6, 0, 0, 0, 5, 0);
    }
  }

  @Test
  void quantizedPositionsAreNumbersOrFractions() throws CorruptInputException {
    int view = file.view(GltfFixture.octets(0, 0, 0, 0, 127, 0, 0, 0, 0, -128, 0, 0), 4);
    file.accessor(5120, 3, "VEC3", "\"bufferView\":" + view);
    file.accessor(5120, 3, "VEC3", "\"normalized\":true,\"bufferView\":" + view);
    String required = ",\"extensionsRequired\":[\"KHR_mesh_quantization\"]";
    assertThat(only(GltfFixture.single("{\"attributes\":{\"POSITION\":0}}") + required).xyz())
        .containsExactly(0, 0, 0, 127, 0, 0, 0, -128, 0);
    assertThat(only(GltfFixture.single("{\"attributes\":{\"POSITION\":1}}") + required).xyz())
        .containsExactly(0, 0, 0, 1, 0, 0, 0, -1, 0);
  }

  @Test
  void linearVertexColoursBecomeSrgb() throws CorruptInputException {
    file.positions(TRIANGLE);
    file.floats("VEC3", 3, 0, 0.5f, 1, 0.002f, 0.2f, 2, 1, 1, 1);
    file.uint8("VEC4", 4, true, 0, 51, 255, 9, 102, 0, 0, 9, 255, 255, 255, 9);
    file.uint16("VEC3", 3, true, 0, 13107, 65535, 26214, 0, 0, 65535, 65535, 65535);
    float low = (float) (12.92 * 0.002);
    assertThat(colors(1))
        .containsExactly(new float[] {0, srgb(0.5), 1, low, srgb(0.2), 1, 1, 1, 1}, within(2e-5f));
    float[] wanted = {0, srgb(0.2), 1, srgb(0.4), 0, 0, 1, 1, 1};
    assertThat(colors(2)).containsExactly(wanted, within(2e-5f));
    assertThat(colors(3)).containsExactly(wanted, within(2e-5f));
  }

  @Test
  void baseColoursAreLinearToo() throws CorruptInputException {
    file.positions(TRIANGLE);
    String rest = GltfFixture.single("{\"attributes\":{\"POSITION\":0},\"material\":0}");
    Look usual =
        only(rest
                + ",\"materials\":[{\"extensions\":{\"KHR_materials_unlit\":{}},"
                + "\"pbrMetallicRoughness\":{\"baseColorFactor\":[0.5,0.2,1,0.1]}}]")
            .look();
    assertThat(usual).isEqualTo(Look.plain(srgb(0.5), srgb(0.2), 1));
    Look older =
        only(rest
                + ",\"materials\":[{\"extensions\":{\"KHR_materials_pbrSpecularGlossiness\":"
                + "{\"diffuseFactor\":[0.2,0.5,0,1]}}}]")
            .look();
    assertThat(older).isEqualTo(Look.plain(srgb(0.2), srgb(0.5), 0));
    assertThat(only(rest + ",\"materials\":[{}]").look()).isEqualTo(Look.plain(1, 1, 1));
  }

  @Test
  void texturesLieWhereTheirCoordinatesSay() throws CorruptInputException, IOException {
    file.positions(SQUARE);
    file.floats("VEC2", 2, 0.25f, 0.25f, 0.75f, 0.25f, 0.25f, 0.75f, 0.75f, 1);
    byte[] png = picture();
    int view = file.view(png, 0);
    file.file("shapes/pictures/a b.png", png);
    String data = "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    String[] images = {
      "{\"bufferView\":" + view + ",\"mimeType\":\"image/png\"}",
      "{\"uri\":\"pictures/a%20b.png\"}",
      "{\"uri\":\"" + data + "\"}"
    };
    for (String image : images) {
      Look look = textured("\"index\":0,\"texCoord\":1", image, 33071);
      assertThat(texel(look, 0)).isEqualTo(0xFF0000);
      assertThat(texel(look, 1)).isEqualTo(0x00FF00);
      assertThat(texel(look, 2)).isEqualTo(0x0000FF);
      // At v = 1 the picture ends, or begins again.
      assertThat(texel(look, 3)).isEqualTo(0xFFFFFF);
      Look repeated = textured("\"index\":0,\"texCoord\":1", image, 10497);
      assertThat(texel(repeated, 3)).isEqualTo(0x00FF00);
    }
    // A quarter turn and a shift by one down: (u, v) → (v, 1 − u).
    String turned =
        "\"index\":0,\"extensions\":{\"KHR_texture_transform\":"
            + "{\"offset\":[0,1],\"rotation\":1.5707963267948966,\"texCoord\":1}}";
    Look look = textured(turned, images[0], 10497);
    assertThat(texel(look, 0)).isEqualTo(0x0000FF);
    assertThat(texel(look, 1)).isEqualTo(0xFF0000);
    assertThat(texel(look, 2)).isEqualTo(0xFFFFFF);
  }

  @Test
  void skinnedMeshesTakeTheirRestPose() throws CorruptInputException {
    file.positions(TRIANGLE);
    file.uint8("VEC4", 4, false, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    file.floats("VEC4", 4, 0.25f, 0.75f, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0);
    file.floats(
        "MAT4", 16, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 2, 3, 1, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2,
        0, 0, 0, 0, 1);
    String rest =
        """
        "meshes":[{"primitives":[{"attributes":{"POSITION":0,"JOINTS_0":1,"WEIGHTS_0":2}}]}],
        "skins":[{"joints":[1,2],"inverseBindMatrices":3}],
        "scenes":[{"nodes":[0]}],
        "nodes":[{"mesh":0,"skin":0,"translation":[100,100,100]},
        {"translation":[10,0,0],"children":[2]},{"translation":[0,20,0]}]""";
    // Joint 0: v + (1, 2, 3) + (10, 0, 0); joint 1: 2 v + (0, 20, 0) + (10, 0, 0).
    float[] wanted = {
      0.25f * 11 + 0.75f * 10,
      0.25f * 2 + 0.75f * 20,
      0.25f * 3, // both
      2 + 10,
      20,
      0, // the second
      11,
      1 + 2,
      3 // no weights at all: the first
    };
    assertThat(only(rest).xyz()).containsExactly(wanted, EXACT);
  }

  @Test
  void pointsAreReadWhereThereAreNoTriangles() throws CorruptInputException {
    file.positions(TRIANGLE);
    file.uint8("VEC4", 4, true, 255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255);
    file.uint8("SCALAR", 1, false, 2, 0);
    String points = "{\"attributes\":{\"POSITION\":0,\"COLOR_0\":1},\"indices\":2,\"mode\":0}";
    String move = ",\"translation\":[0,0,5]";
    String rest = GltfFixture.single(points).replace("\"mesh\":0", "\"mesh\":0" + move);
    PointCloud cloud = (PointCloud) file.read(rest);
    assertThat(cloud.xyz()).containsExactly(0, 1, 5, 0, 0, 5);
    assertThat(cloud.rgb()).containsExactly(0, 0, 1, 1, 0, 0);
    String both = points + ",{\"attributes\":{\"POSITION\":0}}";
    assertThat(file.mesh(GltfFixture.single(both)).faces()).isEqualTo(1);
  }

  private MeshPart only(String rest) throws CorruptInputException {
    Mesh mesh = file.mesh(rest);
    assertThat(mesh.parts()).hasSize(1);
    return mesh.parts().get(0);
  }

  private int[] triangles(String primitive) throws CorruptInputException {
    return only(GltfFixture.single(primitive)).triangles();
  }

  private float[] colors(int accessor) throws CorruptInputException {
    String attributes = "{\"attributes\":{\"POSITION\":0,\"COLOR_0\":" + accessor + "}}";
    return only(GltfFixture.single(attributes)).look().vertexColors();
  }

  private Look textured(String info, String image, int wrap) throws CorruptInputException {
    String rest =
        """
        ,"samplers":[{"wrapS":%d,"wrapT":%d}],"textures":[{"source":0,"sampler":0}],"images":[%s],
        "materials":[{"pbrMetallicRoughness":{"baseColorTexture":{%s}}}]"""
            .formatted(wrap, wrap, image, info);
    String primitive =
        "{\"attributes\":{\"POSITION\":0,\"TEXCOORD_1\":1},\"mode\":5,\"material\":0}";
    return only(GltfFixture.single(primitive) + rest).look();
  }

  private static int texel(Look look, int vertex) {
    return look.texture().texel(look.uv()[vertex * 2], look.uv()[vertex * 2 + 1]);
  }

  /** Red and green above, blue and white below. */
  private static byte[] picture() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(0, 1, 0x0000FF);
    image.setRGB(1, 1, 0xFFFFFF);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static float srgb(double linear) {
    return (float) (1.055 * Math.pow(linear, 1 / 2.4) - 0.055);
  }
}
