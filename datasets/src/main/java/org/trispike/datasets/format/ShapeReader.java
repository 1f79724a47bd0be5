package org.trispike.datasets.format;

import java.util.Locale;
import java.util.Set;
import org.trispike.datasets.geometry.Shape;

/** Reads a shape of any known format, told by the extension of its file. */
public final class ShapeReader {
  /** The extensions that are read, in lower case and without a dot. */
  public static final Set<String> EXTENSIONS =
      Set.of("glb", "gltf", "obj", "off", "ply", "stl", "npy", "npz");

  private ShapeReader() {}

  /**
   * A mesh, or a cloud where the file has points alone; every index, coordinate and colour checked.
   *
   * @param path of the shape below the root of {@code files}; what it names lies there as well
   * @throws CorruptInputException if it cannot be used, with the file at fault and the reason
   */
  public static Shape read(SourceFiles files, String path, Limits limits)
      throws CorruptInputException {
    return read(files, path, limits, new TextureCache());
  }

  /** {@link #read(SourceFiles, String, Limits)} of one of many shapes that may share textures. */
  public static Shape read(SourceFiles files, String path, Limits limits, TextureCache textures)
      throws CorruptInputException {
    Source source = new Source(files, path, limits, textures);
    String extension = extension(path);
    return switch (extension) {
      case "glb", "gltf" -> GltfReader.read(source);
      case "obj" -> ObjReader.read(source);
      case "off" -> OffReader.read(source);
      case "ply" -> PlyReader.read(source);
      case "stl" -> StlReader.read(source);
      case "npy", "npz" -> NumpyReader.read(source);
      default ->
          throw source.bad(
              Reason.UNSUPPORTED,
              "Shapes end in %s, not in '%s'",
              known(),
              Source.brief(extension));
    };
  }

  /** What stands behind the last dot of a file's name, in lower case; "" if it has none. */
  public static String extension(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static String known() {
    return String.join(", ", EXTENSIONS.stream().sorted().toList());
  }
}
