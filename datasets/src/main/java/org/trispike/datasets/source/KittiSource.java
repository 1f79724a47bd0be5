package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.IdList;
import org.trispike.datasets.format.Source;

/**
 * KITTI's object benchmark: frames as {@code training/velodyne/000000.bin} with {@code calib},
 * {@code label_2} and {@code image_2} beside it, and {@code testing} without labels. The lists
 * {@code ImageSets/train.txt} and {@code val.txt} split the labelled frames; a frame in neither is
 * drawn.
 */
final class KittiSource {
  private static final Pattern SCAN =
      Pattern.compile("((?:.*/)?(training|testing))/velodyne/([^/]+)\\.bin");
  private static final Pattern LIST = Pattern.compile("(?:.*/)?ImageSets[^/]*/(train|val)\\.txt");

  private KittiSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    List<BadRow> bad = new ArrayList<>();
    Map<String, Split> splits = splits(conf, collection, listing, bad);
    List<InputRow> rows = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      Matcher scan = SCAN.matcher(path);
      if (!scan.matches()) {
        continue;
      }
      String frame = scan.group(3);
      String id = scan.group(1) + "/" + frame;
      boolean testing = scan.group(2).equals("testing");
      Split drawn = collection.splits().split(id);
      Split split = testing ? Split.TEST : splits.getOrDefault(frame, drawn);
      String base = scan.group(1) + "/";
      rows.add(
          new InputRow(
              line,
              id,
              path,
              images(listing, base + "image_2/" + frame),
              List.of(),
              "",
              split,
              "",
              "",
              new KittiFrame(
                  base + "calib/" + frame + ".txt",
                  testing ? "" : base + "label_2/" + frame + ".txt")));
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo("scan training/velodyne/FRAME.bin");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  private static List<String> images(FileListing listing, String name) {
    return List.of(name + ".png", name + ".jpg").stream().filter(listing::contains).toList();
  }

  private static Map<String, Split> splits(
      Configuration conf, Collection collection, FileListing listing, List<BadRow> bad) {
    Map<String, Split> splits = new HashMap<>();
    HadoopFiles files = collection.files(conf);
    for (String path : listing.sizes().keySet()) {
      Matcher list = LIST.matcher(path);
      if (!list.matches()) {
        continue;
      }
      Split split = FolderSplits.ofName(list.group(1)).orElseThrow();
      try {
        for (String frame : IdList.read(Source.of(files, path, collection.limits()))) {
          splits.put(frame, split);
        }
      } catch (CorruptInputException e) {
        bad.add(new BadRow(path, 0, path, e.reason().name(), e.getMessage()));
      }
    }
    return splits;
  }
}
