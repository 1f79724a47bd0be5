package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.lidar.LearningMap;

/**
 * SemanticKITTI: scans as {@code sequences/08/velodyne/000000.bin}, the labels of their points as
 * {@code sequences/08/labels/000000.label}, and {@code semantic-kitti.yaml}, which says what
 * classes labels become and of what split a sequence is.
 */
final class SemanticKittiSource {
  private static final String MAP = "semantic-kitti.yaml";
  private static final Pattern SCAN =
      Pattern.compile("((?:.*/)?sequences/(\\d+))/velodyne/([^/]+)\\.bin");

  private SemanticKittiSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    String mapPath =
        listing.sizes().keySet().stream()
            .filter(path -> path.equals(MAP) || path.endsWith("/" + MAP))
            .findFirst()
            .orElseThrow(
                () ->
                    listing.holdsNo(
                        MAP
                            + ", which says what the labels mean (it comes with"
                            + " semantic-kitti-api)"));
    LearningMap map = collection.require(conf, mapPath, LearningMap::read);
    List<InputRow> rows = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      Matcher scan = SCAN.matcher(path);
      if (scan.matches()) {
        Split split = split(map, Integer.parseInt(scan.group(2)));
        String labels = scan.group(1) + "/labels/" + scan.group(3) + ".label";
        boolean hidden = split == Split.TEST && !listing.contains(labels);
        String id = scan.group(1) + "/" + scan.group(3);
        rows.add(
            InputRow.of(line, id, path, "", split, new ScanLabels(hidden ? "" : labels, mapPath)));
      }
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo("scan sequences/NN/velodyne/SCAN.bin");
    }
    SortedMap<Integer, String> classes = new TreeMap<>();
    for (LearningMap.LearningClass named : map.classes()) {
      classes.put(classes.size(), named.name());
    }
    return new InputTable(collection.name(), listing.sha256(), rows, List.of(), classes);
  }

  /**
   * The sequences that the map calls "valid" validate; those that it does not know are trained on.
   */
  private static Split split(LearningMap map, int sequence) {
    return switch (map.split(sequence).orElse("train")) {
      case "test" -> Split.TEST;
      case "valid" -> Split.VALIDATION;
      default -> Split.TRAIN;
    };
  }
}
