package org.trispike.datasets.format;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trispike.datasets.geometry.Texture;
import org.trispike.kernels.io.Sha256;

/**
 * Decoded textures by the hash of their files: whole collections share one atlas, and decoding it
 * takes longer than all else that is done with a shape. Holds so many pixels at most, the least
 * recently used go first. Not for concurrent use.
 */
public final class TextureCache {
  private static final long PIXELS = 16_000_000;

  private final Map<String, Texture> textures = new LinkedHashMap<>(16, 0.75f, true);
  private long pixels;

  /**
   * @param file whose name belongs in the message
   */
  Texture decode(String file, byte[] bytes, Limits limits) throws CorruptInputException {
    String key = Sha256.of(bytes);
    Texture texture = textures.get(key);
    if (texture == null) {
      texture = PixelReader.read(file, bytes, limits, Reason.BAD_TEXTURE, false);
      textures.put(key, texture);
      pixels += size(texture);
      Iterator<Texture> oldest = textures.values().iterator();
      while (pixels > PIXELS && textures.size() > 1) {
        pixels -= size(oldest.next());
        oldest.remove();
      }
    }
    return texture;
  }

  private static long size(Texture texture) {
    return (long) texture.width() * texture.height();
  }
}
