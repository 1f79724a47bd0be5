package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.IdList;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.VocMaps;

/**
 * Pascal VOC: {@code JPEGImages/ID.jpg} with {@code Annotations/ID.xml} and, for some, {@code
 * SegmentationClass/ID.png} and {@code SegmentationObject/ID.png}. The lists {@code train.txt},
 * {@code val.txt} and {@code test.txt} in {@code ImageSets/Main} and {@code ImageSets/Segmentation}
 * tell splits; what is in none is drawn.
 */
final class VocSource {
  private static final Pattern IMAGE = Pattern.compile("((?:.*/)?)JPEGImages/([^/]+)\\.jpe?g");
  private static final Pattern LIST =
      Pattern.compile("((?:.*/)?)ImageSets/(?:Main|Segmentation)/(train|val|test)\\.txt");

  private VocSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    List<BadRow> bad = new ArrayList<>();
    Map<String, Split> splits = splits(conf, collection, listing, bad);
    List<InputRow> rows = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      Matcher image = IMAGE.matcher(path);
      if (image.matches()) {
        String base = image.group(1);
        String name = image.group(2);
        Split told = splits.getOrDefault(base + name, Split.TRAIN);
        rows.add(
            InputRow.of(
                line,
                path,
                path,
                "",
                collection.splits().within(told, path),
                new VocPicture(
                    ifThere(listing, base + "Annotations/" + name + ".xml"),
                    ifThere(listing, base + "SegmentationClass/" + name + ".png"),
                    ifThere(listing, base + "SegmentationObject/" + name + ".png"))));
      }
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo("picture JPEGImages/ID.jpg");
    }
    SortedMap<Integer, String> classes = new TreeMap<>();
    for (String name : VocMaps.CLASSES) {
      classes.put(classes.size(), name);
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad, classes);
  }

  private static String ifThere(FileListing listing, String path) {
    return listing.contains(path) ? path : "";
  }

  private static Map<String, Split> splits(
      Configuration conf, Collection collection, FileListing listing, List<BadRow> bad) {
    HadoopFiles files = collection.files(conf);
    Map<String, Split> splits = new HashMap<>();
    for (String path : listing.sizes().keySet()) {
      Matcher list = LIST.matcher(path);
      if (!list.matches()) {
        continue;
      }
      Split split = FolderSplits.ofName(list.group(2)).orElseThrow();
      try {
        for (String name : IdList.read(Source.of(files, path, collection.limits()))) {
          splits.putIfAbsent(list.group(1) + name, split);
        }
      } catch (CorruptInputException e) {
        bad.add(new BadRow(path, 0, path, e.reason().name(), e.getMessage()));
      }
    }
    return splits;
  }
}
