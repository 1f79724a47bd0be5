package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.event.EventReader;

/**
 * Recordings of event cameras, each a row. Their category is the folder that they lie in, {@code
 * Caltech101/accordion/image_0001.bin}, their split what a folder above is named for, {@code
 * n-cars_test/cars/obj_000000_td.dat}; of training recordings some are drawn to validate.
 *
 * <p>SLAYER's copies of N-MNIST are numbered files without folders, {@code 60001.bs2}, of which the
 * lines of {@code train1K.txt} and {@code test100.txt} tell number and class.
 */
final class EventSource {
  private EventSource() {}

  static InputTable folders(Configuration conf, Collection collection) {
    return folders(collection, FileListing.of(conf, collection.root()));
  }

  private static InputTable folders(Collection collection, FileListing listing) {
    List<InputRow> rows = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      if (recording(path)) {
        rows.add(InputRow.of(line, path, folder(path), split(path, collection)));
      }
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo("recording of an event camera");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, List.of());
  }

  /** N-MNIST, as folders of digits or as numbered files with lists. */
  static InputTable digits(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    List<String> lists =
        listing.sizes().keySet().stream()
            .filter(path -> path.matches("t(rain|est).*\\.txt"))
            .toList();
    return lists.isEmpty()
        ? folders(collection, listing)
        : numbered(conf, collection, listing, lists);
  }

  private static InputTable numbered(
      Configuration conf, Collection collection, FileListing listing, List<String> lists) {
    Map<String, String> files = new TreeMap<>();
    listing.sizes().keySet().stream()
        .filter(EventSource::recording)
        .forEach(path -> files.put(path.substring(0, path.lastIndexOf('.')), path));
    List<InputRow> rows = new ArrayList<>();
    List<BadRow> bad = new ArrayList<>();
    for (String list : lists) {
      Split told = list.startsWith("test") ? Split.TEST : Split.TRAIN;
      long line = 0;
      for (String text :
          TextFiles.read(conf, collection.root() + "/" + list, collection.limits())
              .lines()
              .toList()) {
        line++;
        if (text.isBlank() || text.startsWith("#")) {
          continue;
        }
        String[] fields = text.strip().split("\\s+");
        String file = files.get(fields[0]);
        if (fields.length != 2) {
          bad.add(
              new BadRow(
                  list, line, fields[0], TripletSource.BAD_ROW, "It is not a number and a class"));
        } else if (file == null) {
          bad.add(
              new BadRow(
                  list, line, fields[0], Reason.MISSING.name(), "No recording has this number"));
        } else {
          rows.add(InputRow.of(line, file, fields[1], collection.splits().within(told, file)));
        }
      }
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  private static boolean recording(String path) {
    return EventReader.EXTENSIONS.contains(ShapeReader.extension(path));
  }

  /** The name of the folder, unless it is the collection's own or a split's. */
  private static String folder(String path) {
    String[] parts = path.split("/");
    String folder = parts.length < 2 ? "" : parts[parts.length - 2];
    return FolderSplits.ofName(folder).isPresent() ? "" : folder;
  }

  private static Split split(String path, Collection collection) {
    return collection.splits().within(FolderSplits.of(path).orElse(Split.TRAIN), path);
  }
}
