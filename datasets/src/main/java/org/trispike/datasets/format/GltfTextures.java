package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.trispike.datasets.geometry.Texture;

/** The pictures of a glTF file, decoded when they are asked for. */
final class GltfTextures {
  /** All pictures of a file together may have so many times the pixels that one may have. */
  private static final int PICTURES = 4;

  private final Source source;
  private final GltfJson json;
  private final GltfUris uris;
  private final GltfBuffers buffers;
  private final Map<Integer, Texture> decoded = new HashMap<>();
  private long pixels;

  GltfTextures(Source source, GltfJson json, GltfUris uris, GltfBuffers buffers) {
    this.source = source;
    this.json = json;
    this.uris = uris;
    this.buffers = buffers;
  }

  /** The picture of a texture. */
  Texture picture(JsonNode texture) throws CorruptInputException {
    int image = json.index(texture, "source");
    source.check(
        image >= 0, Reason.BAD_TEXTURE, "A texture has no picture of a kind that is read here");
    JsonNode content = json.at("images", image);
    Texture picture = decoded.get(image);
    if (picture == null) {
      picture = decode(content);
      pixels += picture.rgb().length;
      source.check(
          pixels <= PICTURES * source.limits().imagePixels(),
          Reason.TOO_LARGE,
          "Its textures have more than %s pixels",
          PICTURES * source.limits().imagePixels());
      decoded.put(image, picture);
    }
    return picture;
  }

  private Texture decode(JsonNode image) throws CorruptInputException {
    String uri = image.path("uri").textValue();
    if (uri != null) {
      GltfUris.Content content = uris.content(uri);
      return decode(content.file(), content.bytes());
    }
    ByteSlice view = buffers.view(json.index(image, "bufferView"));
    return decode(
        source.path(), Arrays.copyOfRange(view.array(), view.from(), view.from() + view.length()));
  }

  private Texture decode(String file, byte[] bytes) throws CorruptInputException {
    return source.textures().decode(file, bytes, source.limits());
  }
}
