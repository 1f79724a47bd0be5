package org.trispike.datasets.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.hdf5.Hdf5Clouds;

/**
 * HDF5 files of clouds with labels. Each cloud is a row, {@code ply_data_train0.h5#17}. Files whose
 * names hold "test" are the test split. The lines of {@code shape_names.txt} name the classes, as
 * in ModelNet40's archive; without it a file of ScanObjectNN is known by its name, and other
 * classes are numbered.
 */
final class Hdf5Source {
  private static final String NAMES = "shape_names.txt";

  /** ScanObjectNN's classes in the order of its labels. Source: Uy et al. (2019), its code. */
  private static final List<String> SCAN_OBJECT_NN =
      List.of(
          "bag", "bin", "box", "cabinet", "chair", "desk", "display", "door", "shelf", "table",
          "bed", "pillow", "sink", "sofa", "toilet");

  private Hdf5Source() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    List<InputRow> rows = new ArrayList<>();
    List<BadRow> bad = new ArrayList<>();
    long line = 0;
    try {
      HadoopFiles files = collection.files(conf);
      List<String> names = names(files, listing);
      for (String path : listing.sizes().keySet()) {
        if (!path.endsWith(".h5") && !path.endsWith(".hdf5")) {
          continue;
        }
        try {
          Hdf5Clouds clouds = Hdf5Clouds.open(Source.of(files, path, collection.limits()));
          for (int i = 0; i < clouds.size(); i++) {
            String id = path + "#" + i;
            rows.add(
                InputRow.of(
                    ++line,
                    id,
                    category(path, clouds.label(i), names),
                    split(path, id, collection)));
          }
        } catch (CorruptInputException e) {
          bad.add(new BadRow(e.file(), ++line, path, e.reason().name(), e.getMessage()));
        }
      }
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + collection.root() + ": " + e.getMessage(), e);
    }
    if (rows.isEmpty() && bad.isEmpty()) {
      throw listing.holdsNo(".h5 file");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  private static List<String> names(HadoopFiles files, FileListing listing) throws IOException {
    if (!listing.contains(NAMES)) {
      return List.of();
    }
    String text = new String(files.read(NAMES, 1 << 20), StandardCharsets.UTF_8);
    return text.lines().map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  private static String category(String path, int label, List<String> names) {
    List<String> known = names.isEmpty() && path.contains("objectdataset") ? SCAN_OBJECT_NN : names;
    return label < known.size()
        ? known.get(label)
        : String.format(Locale.ROOT, "class_%02d", label);
  }

  private static Split split(String path, String id, Collection collection) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.contains("test") ? Split.TEST : collection.splits().split(id);
  }
}
