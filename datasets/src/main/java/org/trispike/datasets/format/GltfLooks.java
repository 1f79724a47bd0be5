package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.JsonNode;
import org.trispike.datasets.geometry.Look;
import org.trispike.datasets.geometry.Texture;

/**
 * The colours of glTF surfaces: base colour factor · base colour texture · vertex colours. Factor
 * and vertex colours are linear light and become sRGB values here; textures are sRGB already. Of
 * the older specular-glossiness materials, the diffuse colour is taken. Opacity, and all that
 * depends on lights, is left out of account.
 */
final class GltfLooks {
  private static final int CLAMP = 33071;

  /** The last place that is still on the picture: 1 is its other end. */
  private static final float END = 1 - 0x1p-20f;

  private final GltfJson json;
  private final GltfAccessors accessors;
  private final GltfTextures textures;

  GltfLooks(GltfJson json, GltfAccessors accessors, GltfTextures textures) {
    this.json = json;
    this.accessors = accessors;
    this.textures = textures;
  }

  Look look(JsonNode primitive, JsonNode attributes, int vertices) throws CorruptInputException {
    float[] colors = colors(attributes, vertices);
    int material = json.index(primitive, "material");
    if (material < 0) {
      return colors == null ? Look.grey() : Look.vertices(colors);
    }
    JsonNode content = json.at("materials", material);
    JsonNode older = content.path("extensions").path("KHR_materials_pbrSpecularGlossiness");
    boolean usual = older.isMissingNode();
    JsonNode base = usual ? content.path("pbrMetallicRoughness") : older;
    double[] factor = json.numbers(base, usual ? "baseColorFactor" : "diffuseFactor", 1, 1, 1, 1);
    JsonNode info = base.path(usual ? "baseColorTexture" : "diffuseTexture");
    float[] uv = info.isObject() ? uv(info, attributes, vertices) : null;
    Texture texture = uv == null ? null : textures.picture(texture(info));
    return new Look(
        (float) Srgb.exact(factor[0]),
        (float) Srgb.exact(factor[1]),
        (float) Srgb.exact(factor[2]),
        colors,
        texture,
        uv);
  }

  private float[] colors(JsonNode attributes, int vertices) throws CorruptInputException {
    int index = json.index(attributes, "COLOR_0");
    if (index < 0) {
      return null;
    }
    accessors.checkCount("COLOR_0", index, vertices);
    int components = accessors.components(index) == 4 ? 4 : 3;
    float[] linear = accessors.floats(index, components);
    float[] colors = new float[vertices * 3];
    for (int i = 0; i < colors.length; i++) {
      colors[i] = Srgb.quick(linear[i / 3 * components + i % 3]);
    }
    return colors;
  }

  private JsonNode texture(JsonNode info) throws CorruptInputException {
    return json.at("textures", json.index(info, "index"));
  }

  /** The texture coordinates, or null if the surface has none. */
  private float[] uv(JsonNode info, JsonNode attributes, int vertices)
      throws CorruptInputException {
    JsonNode transform = info.path("extensions").path("KHR_texture_transform");
    long set = json.count(transform, "texCoord", json.count(info, "texCoord", 0));
    int index = json.index(attributes, "TEXCOORD_" + set);
    if (index < 0) {
      return null;
    }
    accessors.checkCount("TEXCOORD_" + set, index, vertices);
    float[] uv = accessors.floats(index, 2);
    if (transform.isObject()) {
      move(transform, uv);
    }
    int sampler = json.index(texture(info), "sampler");
    if (sampler >= 0) {
      JsonNode content = json.at("samplers", sampler);
      clamp(uv, 0, json.index(content, "wrapS"));
      clamp(uv, 1, json.index(content, "wrapT"));
    }
    return uv;
  }

  /** Scales, turns counter-clockwise on the picture (whose v points down), and shifts. */
  private void move(JsonNode transform, float[] uv) throws CorruptInputException {
    double[] shift = json.numbers(transform, "offset", 0, 0);
    double[] scale = json.numbers(transform, "scale", 1, 1);
    JsonNode rotation = transform.path("rotation");
    double angle = rotation.isMissingNode() ? 0 : json.number(rotation, "rotation");
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    for (int i = 0; i < uv.length; i += 2) {
      double u = uv[i] * scale[0];
      double v = uv[i + 1] * scale[1];
      uv[i] = (float) (cos * u + sin * v + shift[0]);
      uv[i + 1] = (float) (cos * v - sin * u + shift[1]);
    }
  }

  /** Keeps coordinates on the picture where it does not repeat. */
  private static void clamp(float[] uv, int first, int wrap) {
    if (wrap == CLAMP) {
      for (int i = first; i < uv.length; i += 2) {
        uv[i] = Math.max(0, Math.min(END, uv[i]));
      }
    }
  }
}
