package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.label.CityscapesClass;

/**
 * Cityscapes: {@code leftImg8bit/train/aachen/NAME_leftImg8bit.png} with {@code
 * gtFine/train/aachen/NAME_gtFine_instanceIds.png}, or {@code …_labelIds.png} where that is all
 * there is. Classes keep their own numbers, of which 0 to 33 are told apart.
 */
final class CityscapesSource {
  private static final Pattern IMAGE =
      Pattern.compile("((?:.*/)?)leftImg8bit/((train|val|test)/[^/]+/[^/]+)_leftImg8bit\\.png");

  private CityscapesSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    List<InputRow> rows = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      Matcher image = IMAGE.matcher(path);
      if (image.matches()) {
        String base = image.group(1) + "gtFine/" + image.group(2) + "_gtFine_";
        boolean objects = listing.contains(base + "instanceIds.png");
        MapPicture annotation =
            objects
                ? new MapPicture(MapPicture.Form.CITYSCAPES_OBJECTS, base + "instanceIds.png")
                : new MapPicture(MapPicture.Form.CITYSCAPES_CLASSES, base + "labelIds.png");
        Split told = FolderSplits.ofName(image.group(3)).orElseThrow();
        Split split = collection.splits().within(told, path);
        rows.add(InputRow.of(line, path, path, "", split, annotation));
      }
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo("picture leftImg8bit/SPLIT/CITY/NAME_leftImg8bit.png");
    }
    SortedMap<Integer, String> classes = new TreeMap<>();
    CityscapesClass.ALL.forEach(each -> classes.put(each.id(), each.name()));
    return new InputTable(collection.name(), listing.sha256(), rows, List.of(), classes);
  }
}
