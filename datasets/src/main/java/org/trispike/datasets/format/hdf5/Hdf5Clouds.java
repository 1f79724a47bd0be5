package org.trispike.datasets.format.hdf5;

import io.jhdf.HdfFile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.format.Checks;
import org.trispike.datasets.format.Colors;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Guard;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.geometry.PointCloud;

/**
 * Many clouds of one size in an HDF5 file, as modelnet40_ply_hdf5_2048 and ScanObjectNN have them:
 * {@code data} [n, p, 3] floating point, {@code label} [n] or [n, 1] integers, and, where there
 * are, {@code color}, {@code colors} or {@code rgb} [n, p, 3] and {@code mask} [n, p] integers.
 * Whatever else is in the file, normals among it, is left alone.
 *
 * <p>The numbers are unpacked once, on opening, and become a cloud when it is asked for. What a
 * file declares never takes more memory than its bytes can hold, by the limits of archives; but
 * jHDF follows the headers of a file wherever they lead, so one that was made to waste time can.
 */
public final class Hdf5Clouds {
  private static final byte[] MAGIC = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1A, '\n'};
  private static final List<String> COLORS = List.of("color", "colors", "rgb");

  /** What ScanObjectNN's masks say of a point that is not of the object. */
  private static final int BACKGROUND = -1;

  private final Source source;
  private final Hdf5Table data;
  private final Hdf5Table labels;
  private final Optional<Hdf5Table> colors;
  private final Optional<Hdf5Table> mask;

  private Hdf5Clouds(Source source, Hdf5Tables tables) throws CorruptInputException {
    this.source = source;
    this.data = tables.needed("data");
    source.check(
        data.is(3) && data.extent(2) == 3 && !data.whole(),
        Reason.UNSUPPORTED,
        "Its 'data' is no floating point [n, p, 3] but %s",
        data);
    source.check(data.extent(0) > 0 && data.extent(1) > 0, Reason.EMPTY, "It has no points");
    Checks.vertices(source, data.extent(1));
    this.labels = tables.needed("label");
    boolean column = labels.is(1) || (labels.is(2) && labels.extent(1) == 1);
    source.check(
        column && labels.whole(),
        Reason.UNSUPPORTED,
        "Its 'label' is no integer [n] but %s",
        labels);
    same(labels);
    for (int i = 0; i < size(); i++) {
      long label = labels.integer(i);
      source.check(
          label >= 0 && label <= Integer.MAX_VALUE,
          Reason.INDEX_OUT_OF_RANGE,
          "Label %s of cloud %s is no class",
          label,
          i);
    }
    this.colors = colors(tables);
    this.mask = tables.find("mask");
    if (mask.isPresent()) {
      Hdf5Table table = mask.get();
      boolean fits = table.is(2) && table.extent(1) == data.extent(1) && table.whole();
      source.check(fits, Reason.UNSUPPORTED, "Its 'mask' is no integer [n, p] but %s", table);
      same(table);
    }
  }

  /** The clouds of a file. */
  public static Hdf5Clouds open(Source source) throws CorruptInputException {
    byte[] bytes = source.bytes();
    for (int i = 0; i < MAGIC.length; i++) {
      source.check(i < bytes.length, Reason.TRUNCATED, "It ends in its first %s bytes", i + 1);
      source.check(bytes[i] == MAGIC[i], Reason.BAD_MAGIC, "It is no HDF5 file");
    }
    return Guard.run(
        source.path(),
        Reason.CORRUPT_INPUT,
        "Reading HDF5",
        () -> {
          try (HdfFile file = HdfFile.fromBytes(bytes)) {
            return new Hdf5Clouds(source, Hdf5Tables.of(source, file, bytes.length));
          }
        });
  }

  private Optional<Hdf5Table> colors(Hdf5Tables tables) throws CorruptInputException {
    for (String name : COLORS) {
      Optional<Hdf5Table> found = tables.find(name);
      if (found.isPresent()) {
        Hdf5Table table = found.get();
        boolean fits = table.is(3) && table.extent(1) == data.extent(1) && table.extent(2) == 3;
        source.check(fits, Reason.UNSUPPORTED, "Its colours are no [n, p, 3] but %s", table);
        same(table);
        return found;
      }
    }
    return Optional.empty();
  }

  private void same(Hdf5Table table) throws CorruptInputException {
    source.check(
        table.extent(0) == size(),
        Reason.BAD_HEADER,
        "It has %s clouds but %s rows of something else",
        size(),
        table.extent(0));
  }

  /** How many clouds there are. */
  public int size() {
    return data.extent(0);
  }

  /** The class of a cloud, from 0 on; names of classes are not in the file. */
  public int label(int i) {
    return (int) labels.integer(Objects.checkIndex(i, size()));
  }

  /** A cloud with every point checked, grey if there are no colours. */
  public PointCloud cloud(int i) throws CorruptInputException {
    Objects.checkIndex(i, size());
    float[] rgb = null;
    if (colors.isPresent()) {
      rgb = colors.get().row(i);
      if (colors.get().whole()) {
        for (int c = 0; c < rgb.length; c++) {
          rgb[c] /= 255;
        }
      } else {
        Colors.scale(rgb);
      }
    }
    return Checks.cloud(source.at(source.path() + "/" + i), data.row(i), rgb);
  }

  /** For each point of a cloud whether it is of the object; all are where there is no mask. */
  public boolean[] foreground(int i) {
    Objects.checkIndex(i, size());
    boolean[] object = new boolean[data.extent(1)];
    for (int p = 0; p < object.length; p++) {
      object[p] = mask.isEmpty() || mask.get().integer(i * object.length + p) != BACKGROUND;
    }
    return object;
  }
}
