package org.trispike.datasets.format;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.trispike.datasets.geometry.Texture;

/**
 * The materials that an OBJ file names. A library or texture that is not there leaves surfaces
 * plain, since shapes often travel without them; one that is there must be readable.
 */
final class ObjMaterials {
  private static final int MOST_LIBRARIES = 100;
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private final Source source;
  private final Map<String, ObjMaterial> materials = new HashMap<>();
  private final Set<String> libraries = new HashSet<>();
  private final Map<String, Texture> textures = new HashMap<>();

  ObjMaterials(Source source) {
    this.source = source;
  }

  /** Reads what a line mtllib names: one file, or several between spaces. */
  void load(String names) throws CorruptInputException {
    if (!libraries.add(names)) {
      return;
    }
    source.check(
        libraries.size() <= MOST_LIBRARIES,
        Reason.COUNT_OVERFLOW,
        "It names more than %s material libraries",
        MOST_LIBRARIES);
    if (!loadFile(names)) {
      String[] words = SPACES.split(names, MOST_LIBRARIES);
      for (int i = 0; words.length > 1 && i < words.length; i++) {
        loadFile(words[i]);
      }
    }
  }

  private boolean loadFile(String name) throws CorruptInputException {
    String path;
    try {
      path = source.sibling(name);
    } catch (CorruptInputException e) {
      return false; // a path of the machine that wrote it
    }
    try {
      MtlReader.read(source.at(path), materials);
      return true;
    } catch (CorruptInputException e) {
      if (e.reason() == Reason.MISSING) {
        return false;
      }
      throw e;
    }
  }

  /** The material of this name, or null. */
  ObjMaterial get(String name) {
    return materials.get(name);
  }

  /** The texture of a material, or null if it names none or its file is not there. */
  Texture texture(ObjMaterial material) throws CorruptInputException {
    String path = material == null ? null : material.picture();
    if (path == null) {
      return null;
    }
    if (!textures.containsKey(path)) {
      textures.put(path, decode(path));
    }
    return textures.get(path);
  }

  private Texture decode(String path) throws CorruptInputException {
    byte[] bytes;
    try {
      bytes = source.read(path);
    } catch (CorruptInputException e) {
      if (e.reason() == Reason.MISSING) {
        return null;
      }
      throw e;
    }
    return source.textures().decode(path, bytes, source.limits());
  }
}
