package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that lie: each ends in a named fault, and in nothing else. */
final class GltfFaultsTest {
  private static final String PRIMITIVE = "{\"attributes\":{\"POSITION\":0},\"indices\":1}";
  private static final float[] TRIANGLE = {0, 0, 0, 1, 0, 0, 0, 1, 0};

  private GltfFixture file;

  @BeforeEach
  void triangle() {
    file = new GltfFixture();
    file.positions(TRIANGLE);
    file.uint8("SCALAR", 1, false, 0, 1, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KHR_draco_mesh_compression", "EXT_meshopt_compression", "X_unknown"})
  void extensionsThatAreNotReadAreRefusedByName(String name) {
    assertThatThrownBy(() -> file.read(GltfFixture.single(PRIMITIVE) + extensionsRequired(name)))
        .hasToString("shapes/a.glb: UNSUPPORTED: It requires " + name + ", which is not read here");
  }

  @Test
  void compressedTrianglesAreRefusedEvenIfNothingIsRequired() {
    file.accessor(GltfFixture.FLOAT32, 3, "VEC3", "\"name\":\"no view\"");
    String primitive =
        "{\"attributes\":{\"POSITION\":2},\"extensions\":{\"KHR_draco_mesh_compression\":{}}}";
    assertFault(
        GltfFixture.single(primitive),
        Reason.UNSUPPORTED,
        "It requires KHR_draco_mesh_compression, which is not read here");
  }

  @Test
  void aFileCutAnywhereIsNamed() throws CorruptInputException {
    String rest = GltfFixture.single(PRIMITIVE);
    byte[] whole = file.glb(rest);
    file.read("a.glb", whole);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThat(fault("a.glb", cut).reason()).isEqualTo(Reason.TRUNCATED);
    }
    byte[] text = file.json(file.embedded(), rest).getBytes(StandardCharsets.UTF_8);
    file.read("a.gltf", text);
    for (int length = 0; length < text.length; length++) {
      assertThat(fault("a.gltf", Arrays.copyOf(text, length)).reason())
          .isIn(Reason.TRUNCATED, Reason.BAD_HEADER);
    }
    byte[] beside = file.json("a.bin", rest).getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < file.buffer().length; length++) {
      file.file("a.bin", Arrays.copyOf(file.buffer(), length));
      assertThat(fault("a.gltf", beside).reason()).isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void changedBytesNeverEndInAnotherException() {
    String rest =
        "\"scene\":0,\"scenes\":[{\"nodes\":[0]}],"
            + "\"meshes\":[{\"primitives\":["
            + PRIMITIVE
            + "]}],"
            + "\"skins\":[{\"joints\":[1]}],\"materials\":[{}],"
            + "\"nodes\":[{\"mesh\":0,\"children\":[1]},{\"scale\":[1,2,3]}]";
    byte[] whole = file.glb(rest);
    SplittableRandom random = new SplittableRandom(7);
    byte[] likely = "0123456789-.eE{}[],:\"\\ nulltrue".getBytes(StandardCharsets.UTF_8);
    int read = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] changed = whole.clone();
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int at = random.nextInt(changed.length);
        changed[at] =
            random.nextBoolean()
                ? likely[random.nextInt(likely.length)]
                : (byte) random.nextInt(256);
      }
      Throwable thrown = catchThrowable(() -> file.read("a.glb", changed));
      if (thrown == null) {
        read++;
      } else {
        assertThat(thrown).isInstanceOf(CorruptInputException.class);
      }
    }
    assertThat(read).isBetween(100, 19_000);
  }

  @Test
  void indicesBeyondTheVerticesAreNamed() {
    int indices = file.uint16("SCALAR", 1, false, 0, 1, 3);
    assertFault(
        GltfFixture.single("{\"attributes\":{\"POSITION\":0},\"indices\":" + indices + "}"),
        Reason.INDEX_OUT_OF_RANGE,
        "Face index 3 is outside 0..2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{\"mesh\":0,\"children\":[1]},{\"children\":[0]}] | BAD_HEADER | Node 0 is below itself",
        "[{\"mesh\":0,\"children\":[0]}] | BAD_HEADER | Node 0 is below itself",
        "[{\"mesh\":0,\"children\":[2]},{\"children\":[2]},{}] | BAD_HEADER | Node 2 has two parents",
        "[{\"mesh\":0,\"children\":[9]}] | INDEX_OUT_OF_RANGE | Index 9 is outside the 1 nodes",
        "[{\"mesh\":4}] | INDEX_OUT_OF_RANGE | Index 4 is outside the 1 meshes",
        "[{\"mesh\":-1}] | BAD_HEADER | mesh is no whole number from 0 on: -1",
        "[{\"mesh\":0,\"scale\":[1,2]}] | BAD_HEADER | scale has 2 numbers, not 3",
        "[{\"mesh\":0,\"scale\":[1,2,1e999]}] | NOT_FINITE | scale is not finite",
        "[{\"mesh\":0,\"scale\":[0,0,0]}] | ZERO_AREA | All its 1 faces are without area",
        "[{\"mesh\":0,\"scale\":[1e35,1,1]}] | NOT_FINITE | Vertex 1 has the coordinate 1.0E35",
        "[] | EMPTY | It has no faces",
      })
  void nodesThatMakeNoSenseAreNamed(String nodes, Reason reason, String message) {
    String meshes = "\"meshes\":[{\"primitives\":[" + PRIMITIVE + "]}],\"nodes\":";
    assertFault(meshes + nodes, reason, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"count\":4 | INDEX_OUT_OF_RANGE | An accessor ends at byte 48 of a buffer view of 36",
        "\"count\":1e9 | COUNT_OVERFLOW | Vertex count 1000000000 is outside 0..10000000",
        "\"count\":1e15 | COUNT_OVERFLOW | An accessor has 1000000000000000 elements",
        "\"count\":-3 | BAD_HEADER | count is no whole number from 0 on: -3",
        "\"byteOffset\":-4 | BAD_HEADER | byteOffset is no whole number from 0 on: -4",
        "\"byteOffset\":4 | INDEX_OUT_OF_RANGE | An accessor ends at byte 40 of a buffer view of 36",
        "\"bufferView\":7 | INDEX_OUT_OF_RANGE | Index 7 is outside the 2 bufferViews",
        "\"componentType\":5124 | BAD_HEADER | There is no component type 5124",
        "\"type\":\"VEC2\" | BAD_HEADER | Accessor 0 has 2 numbers an element, not 3",
        "\"type\":\"VEC9\" | BAD_HEADER | Accessor 0 is of type 'VEC9'",
      })
  void accessorsBeyondTheirBytesAreNamed(String wrong, Reason reason, String message) {
    String key = wrong.substring(0, wrong.indexOf(':'));
    String json = file.json("", GltfFixture.single(PRIMITIVE));
    int start = json.indexOf("\"accessors\"");
    int end = json.indexOf('}', start);
    String first = json.substring(start, end).replaceAll("," + key + ":[^,]*", "");
    first = first.replaceAll(key + ":[^,]*,", "");
    String changed = json.substring(0, start) + first + "," + wrong + json.substring(end);
    CorruptInputException fault = fault("a.glb", GltfFixture.glb(changed, file.buffer()));
    assertThat(fault).hasToString("a.glb: " + reason + ": " + message);
  }

  @Test
  void zerosWithoutBytesAreFew() {
    int zeros = file.accessor(GltfFixture.FLOAT32, 9_000_000, "VEC3", "\"name\":\"zeros\"");
    assertFault(
        GltfFixture.single("{\"attributes\":{\"POSITION\":" + zeros + "}}"),
        Reason.COUNT_OVERFLOW,
        "An accessor has 9000000 elements without bytes, above 21845");
  }

  @Test
  void coordinatesThatAreNoNumbersAreNamed() {
    GltfFixture other = new GltfFixture();
    other.positions(0, 0, 0, 1, Float.NaN, 0, 0, 1, 0);
    assertThatThrownBy(() -> other.read(GltfFixture.single("{\"attributes\":{\"POSITION\":0}}")))
        .hasToString("shapes/a.glb: NOT_FINITE: Vertex 1 has the coordinate NaN");
  }

  @Test
  void limitsHoldBeforeMemoryIsTaken() throws CorruptInputException {
    StringBuilder nodes = new StringBuilder("\"nodes\":[{\"mesh\":0}");
    for (int i = 0; i < 4; i++) {
      nodes.append(",{\"children\":[").append(i).append("]}");
    }
    String rest = "\"meshes\":[{\"primitives\":[" + PRIMITIVE + "]}]," + nodes + "]";
    byte[] deep = file.glb(rest);
    file.read("a.glb", deep, limits(3, 1, 64, 5));
    assertThat(fault("a.glb", deep, limits(3, 1, 64, 4)))
        .hasToString("a.glb: TOO_LARGE: Its nodes are 5 deep, above 4");
    assertThat(fault("a.glb", deep, limits(2, 1, 64, 5)))
        .hasToString("a.glb: COUNT_OVERFLOW: Vertex count 3 is outside 0..2");
    assertThat(fault("a.glb", deep, limits(3, 1, 5, 5)))
        .hasToString("a.glb: TOO_LARGE: Its JSON is 6 deep, above 5");
    byte[] twice = file.glb(rest.replace("\"nodes\":[", "\"nodes\":[{\"mesh\":0},"));
    assertThat(fault("a.glb", twice, limits(5, 9, 64, 9)).reason())
        .isEqualTo(Reason.COUNT_OVERFLOW);
    assertThat(fault("a.glb", twice, limits(9, 1, 64, 9)))
        .hasToString("a.glb: COUNT_OVERFLOW: Face count 2 is outside 0..1");
  }

  @Test
  void jsonOfMereBracketsIsRefused() {
    byte[] text = ("{\"nodes\":" + "[".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(fault("a.gltf", text))
        .hasToString("a.gltf: TOO_LARGE: Its JSON is 100001 deep, above 64");
    byte[] wide = ("{\"nodes\":[" + "[],".repeat(2_000_000)).getBytes(StandardCharsets.UTF_8);
    assertThat(fault("a.gltf", wide).reason()).isEqualTo(Reason.TOO_LARGE);
  }

  @Test
  void otherFilesAreToldByTheirFirstBytes() {
    assertThat(fault("a.glb", "solid cube and more of it".getBytes(StandardCharsets.UTF_8)))
        .hasToString("a.glb: BAD_MAGIC: It does not begin with 'glTF'");
    assertThat(fault("a.gltf", "{\"a\":1}".getBytes(StandardCharsets.UTF_16)).reason())
        .isEqualTo(Reason.BAD_MAGIC);
    assertThat(
            fault("a.gltf", "{\"asset\":{\"version\":\"1.0\"}}".getBytes(StandardCharsets.UTF_8)))
        .hasToString("a.gltf: UNSUPPORTED: It is glTF of version '1.0', not 2");
    assertThat(fault("a.gltf", "{}".getBytes(StandardCharsets.UTF_8)).reason())
        .isEqualTo(Reason.BAD_HEADER);
  }

  @Test
  void texturesThatCannotBeDecodedAreNamed() {
    int uv = file.floats("VEC2", 2, 0, 0, 1, 0, 0, 1);
    String primitive = "{\"attributes\":{\"POSITION\":0,\"TEXCOORD_0\":" + uv + "},\"material\":0}";
    String rest =
        ",\"textures\":[{\"source\":0},{}],\"materials\":"
            + "[{\"pbrMetallicRoughness\":{\"baseColorTexture\":{\"index\":0}}}]";
    String image = ",\"images\":[{\"uri\":\"data:image/webp;base64,UklGRg==\"}]";
    assertFault(
        GltfFixture.single(primitive) + rest + image,
        Reason.BAD_TEXTURE,
        "The picture is neither PNG nor JPEG");
    assertFault(
        GltfFixture.single(primitive) + rest.replace("\"index\":0", "\"index\":1") + image,
        Reason.BAD_TEXTURE,
        "A texture has no picture of a kind that is read here");
  }

  private void assertFault(String rest, Reason reason, String message) {
    CorruptInputException fault = fault("shapes/a.glb", file.glb(rest));
    assertThat(fault).hasToString("shapes/a.glb: " + reason + ": " + message);
  }

  private CorruptInputException fault(String path, byte[] bytes) {
    return fault(path, bytes, Limits.defaults());
  }

  private CorruptInputException fault(String path, byte[] bytes, Limits limits) {
    Throwable thrown = catchThrowable(() -> file.read(path, bytes, limits));
    assertThat(thrown).isInstanceOf(CorruptInputException.class);
    return (CorruptInputException) thrown;
  }

  private static String extensionsRequired(String name) {
    return ",\"extensionsRequired\":[\"" + name + "\"]";
  }

  private static Limits limits(int vertices, int faces, int jsonDepth, int nodeDepth) {
    return GivenLimits.of(
        String.format(
            Locale.ROOT,
            "vertices = %d, faces = %d, json-depth = %d, node-depth = %d",
            vertices,
            faces,
            jsonDepth,
            nodeDepth));
  }
}
