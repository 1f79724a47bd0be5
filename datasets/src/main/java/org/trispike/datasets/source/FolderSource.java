package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.ShapeReader;

/**
 * A folder for each category, with its shapes anywhere below. Each file of a format that is read is
 * a row whose category is the first part of its path. ModelNet has its splits as the second part,
 * {@code airplane/test/airplane_0627.off}; of its training shapes some are drawn to validate.
 */
final class FolderSource {
  private FolderSource() {}

  static InputTable read(Configuration conf, Collection collection, boolean modelNet) {
    FileListing listing = FileListing.of(conf, collection.root());
    List<InputRow> rows = new ArrayList<>();
    List<BadRow> bad = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      String[] parts = path.split("/");
      boolean shape =
          ShapeReader.EXTENSIONS.contains(ShapeReader.extension(path))
              && !parts[parts.length - 1].startsWith(".");
      if (!shape || parts.length < 2) {
        continue;
      }
      Optional<Split> split = Optional.of(collection.splits().split(path));
      if (modelNet) {
        split = parts.length == 3 ? modelNet(parts[1], split.get()) : Optional.empty();
      }
      if (split.isEmpty()) {
        bad.add(
            new BadRow(
                path,
                line,
                path,
                TripletSource.BAD_ROW,
                "It does not lie in CATEGORY/train or CATEGORY/test, as ModelNet's shapes do; a"
                    + " collection without such folders is data.layout = folders"));
        continue;
      }
      rows.add(InputRow.of(line, path, parts[0], split.get()));
    }
    if (rows.isEmpty() && bad.isEmpty()) {
      throw listing.holdsNo("shape in a folder of its category");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  private static Optional<Split> modelNet(String folder, Split drawn) {
    return switch (folder) {
      case "train" -> Optional.of(drawn);
      case "test" -> Optional.of(Split.TEST);
      default -> Optional.empty();
    };
  }
}
