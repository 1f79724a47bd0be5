package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.label.YoloLabels;

/**
 * YOLO's form: {@code images/train2017/NAME.jpg} with {@code labels/train2017/NAME.txt}, a picture
 * without a text file having no objects, and a YAML file at the root with the {@code names} of the
 * classes.
 */
final class YoloSource {
  private static final Pattern IMAGE =
      Pattern.compile("((?:.*/)?)images/((?:.*/)?[^/]+)\\.(?:jpe?g|png)");

  private YoloSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    TreeMap<Integer, String> names = names(conf, collection, listing);
    List<InputRow> rows = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      Matcher image = IMAGE.matcher(path);
      if (image.matches()) {
        String labels = image.group(1) + "labels/" + image.group(2) + ".txt";
        Split told = FolderSplits.of(path).orElse(Split.TRAIN);
        rows.add(
            InputRow.of(
                line,
                path,
                path,
                "",
                collection.splits().within(told, path),
                new YoloPicture(listing.contains(labels) ? labels : "", names)));
      }
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo("picture images/…/NAME.jpg");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, List.of(), names);
  }

  private static TreeMap<Integer, String> names(
      Configuration conf, Collection collection, FileListing listing) {
    String yaml =
        listing.sizes().keySet().stream()
            .filter(path -> path.matches("[^/]+\\.ya?ml"))
            .findFirst()
            .orElseThrow(() -> listing.holdsNo("YAML file with the names of the classes"));
    return new TreeMap<>(collection.require(conf, yaml, YoloLabels::names));
  }
}
