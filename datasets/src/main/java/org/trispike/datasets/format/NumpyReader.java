package org.trispike.datasets.format;

import java.util.List;
import java.util.Map;
import org.trispike.datasets.geometry.Shape;

/**
 * Reads clouds from NumPy's files: an array [n, 3] of places, or [n, 6] of places and colours. In
 * an .npz the names tell the arrays apart, and an only array that fits needs no name.
 */
final class NumpyReader {
  private static final List<String> PLACES = List.of("xyz", "points", "pc", "coords", "arr_0");
  private static final List<String> COLORS = List.of("rgb", "colors", "color");
  private static final List<String> CHANNELS = List.of("R", "G", "B");

  private NumpyReader() {}

  static Shape read(Source source) throws CorruptInputException {
    byte[] bytes = source.bytes();
    if (ShapeReader.extension(source.path()).equals("npz")) {
      return archive(source, NpzArchive.read(source, bytes));
    }
    NpyArray array = NpyArray.read(source.path(), bytes);
    source.check(fits(array), Reason.UNSUPPORTED, "Its array is no [n, 3] and no [n, 6]");
    return cloud(source, array, null);
  }

  private static Shape archive(Source source, Map<String, NpyArray> arrays)
      throws CorruptInputException {
    NpyArray places = places(source, arrays);
    for (String name : COLORS) {
      NpyArray colors = arrays.get(name);
      if (colors != null && colors.dimensions() == 2 && colors.extent(1) == 3) {
        same(source, places, colors, name);
        return cloud(source, places, colors);
      }
    }
    for (String name : CHANNELS) {
      if (!arrays.containsKey(name) || arrays.get(name).dimensions() != 1) {
        return cloud(source, places, null);
      }
    }
    Checks.vertices(source, places.extent(0));
    float[] rgb = new float[places.extent(0) * 3];
    for (int c = 0; c < 3; c++) {
      NpyArray channel = arrays.get(CHANNELS.get(c));
      same(source, places, channel, CHANNELS.get(c));
      for (int i = 0; i < places.extent(0); i++) {
        rgb[i * 3 + c] = channel.get(i);
      }
    }
    return Checks.cloud(source, columns(places, 0), Colors.scale(rgb));
  }

  private static NpyArray places(Source source, Map<String, NpyArray> arrays)
      throws CorruptInputException {
    for (String name : PLACES) {
      if (arrays.containsKey(name) && fits(arrays.get(name))) {
        return arrays.get(name);
      }
    }
    List<String> fitting =
        arrays.keySet().stream()
            .filter(name -> fits(arrays.get(name)) && !COLORS.contains(name))
            .toList();
    if (fitting.size() != 1) {
      throw source.bad(
          Reason.UNSUPPORTED,
          "Of its arrays %s are [n, 3] or [n, 6]%s; one of them must be named %s",
          fitting.size(),
          fitting.isEmpty() ? "" : " (" + Source.brief(String.join(", ", fitting)) + ")",
          String.join(", ", PLACES));
    }
    return arrays.get(fitting.get(0));
  }

  private static boolean fits(NpyArray array) {
    return array.dimensions() == 2 && (array.extent(1) == 3 || array.extent(1) == 6);
  }

  private static void same(Source source, NpyArray places, NpyArray colors, String name)
      throws CorruptInputException {
    int rows = colors.extent(0);
    if (rows != places.extent(0)) {
      throw source.bad(
          Reason.BAD_HEADER, "Array '%s' has %s rows for %s points", name, rows, places.extent(0));
    }
  }

  private static Shape cloud(Source source, NpyArray places, NpyArray colors)
      throws CorruptInputException {
    Checks.vertices(source, places.extent(0));
    float[] rgb = null;
    if (colors != null) {
      rgb = Colors.scale(columns(colors, 0));
    } else if (places.extent(1) == 6) {
      rgb = Colors.scale(columns(places, 3));
    }
    return Checks.cloud(source, columns(places, 0), rgb);
  }

  /** Three columns of a matrix. */
  private static float[] columns(NpyArray array, int first) {
    int rows = array.extent(0);
    float[] values = new float[rows * 3];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < 3; c++) {
        values[r * 3 + c] = array.get(r, first + c);
      }
    }
    return values;
  }
}
