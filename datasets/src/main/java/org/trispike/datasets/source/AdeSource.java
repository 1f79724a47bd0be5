package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.label.AdeMaps;

/**
 * ADE20K. Its scene parsing benchmark has {@code images/training/NAME.jpg} and {@code
 * annotations/training/NAME.png}, and {@code objectInfo150.txt} with the names of the classes; the
 * full data set has {@code NAME.jpg} and {@code NAME_seg.png} side by side.
 */
final class AdeSource {
  private static final String NAMES = "objectInfo150.txt";
  private static final Pattern IMAGE = Pattern.compile("((?:.*/)?)images/((?:.*/)?[^/]+)\\.jpg");

  private AdeSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    List<InputRow> rows = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      Matcher image = IMAGE.matcher(path);
      if (image.matches()) {
        String beside = path.substring(0, path.length() - ".jpg".length()) + "_seg.png";
        boolean full = listing.contains(beside);
        String map = full ? beside : image.group(1) + "annotations/" + image.group(2) + ".png";
        Split told = FolderSplits.of(path).orElse(Split.TRAIN);
        rows.add(
            InputRow.of(
                line,
                path,
                path,
                "",
                collection.splits().within(told, path),
                new MapPicture(full ? MapPicture.Form.ADE_FULL : MapPicture.Form.ADE, map)));
      }
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo("picture images/…/NAME.jpg");
    }
    return new InputTable(
        collection.name(), listing.sha256(), rows, List.of(), names(conf, collection, listing));
  }

  private static SortedMap<Integer, String> names(
      Configuration conf, Collection collection, FileListing listing) {
    return listing.contains(NAMES)
        ? collection.require(conf, NAMES, AdeMaps::names)
        : new TreeMap<>();
  }
}
