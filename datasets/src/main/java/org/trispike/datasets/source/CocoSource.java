package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.label.CocoAnnotations;
import org.trispike.datasets.format.label.CocoImage;
import org.trispike.datasets.format.label.PanopticAnnotations;
import org.trispike.datasets.format.label.PanopticImage;

/**
 * COCO: {@code annotations/instances_train2017.json} with boxes and masks, or {@code
 * panoptic_train2017.json} with a PNG map for each picture; pictures lie anywhere below the root,
 * best in {@code train2017}. The name of the JSON tells the split. It is read on the driver, which
 * needs about twice its size in memory.
 */
final class CocoSource {
  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?(instances|panoptic)_((train|val|test)[^/]*)\\.json");

  private final Collection collection;
  private final FileListing listing;
  private final FileIndex index;
  private final Configuration conf;
  private final List<InputRow> rows = new ArrayList<>();
  private final List<BadRow> bad = new ArrayList<>();
  private final SortedMap<Integer, String> classes = new TreeMap<>();
  private long line;

  private CocoSource(Configuration conf, Collection collection) {
    this.collection = collection;
    this.listing = FileListing.of(conf, collection.root());
    this.index = new FileIndex(listing);
    this.conf = conf;
  }

  static InputTable instances(Configuration conf, Collection collection) {
    return new CocoSource(conf, collection).read("instances");
  }

  static InputTable panoptic(Configuration conf, Collection collection) {
    return new CocoSource(conf, collection).read("panoptic");
  }

  private InputTable read(String kind) {
    boolean found = false;
    for (String path : listing.sizes().keySet()) {
      Matcher name = NAME.matcher(path);
      if (!name.matches() || !name.group(1).equals(kind)) {
        continue;
      }
      found = true;
      String folder = name.group(2);
      Split told = FolderSplits.ofName(name.group(3)).orElseThrow();
      if (kind.equals("instances")) {
        instances(collection.require(conf, path, CocoAnnotations::read), path, folder, told);
      } else {
        panoptic(collection.require(conf, path, PanopticAnnotations::read), path, folder, told);
      }
    }
    if (!found) {
      throw listing.holdsNo(kind + "_SPLIT.json, with SPLIT as train2017 or val2017");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad, classes);
  }

  private void instances(CocoAnnotations coco, String json, String folder, Split told) {
    classes.putAll(coco.categories());
    for (CocoImage image : coco.images()) {
      Optional<String> path = index.find(image.file(), folder);
      add(json, image.file(), path, told, new CocoPicture(image));
    }
  }

  private void panoptic(PanopticAnnotations coco, String json, String folder, Split told) {
    coco.categories().forEach((id, category) -> classes.put(id, category.name()));
    for (PanopticImage image : coco.images()) {
      Optional<String> map = index.find(image.map(), "panoptic_" + folder);
      if (map.isEmpty()) {
        reject(json, image.map());
        continue;
      }
      Optional<String> path = index.find(image.file(), folder);
      add(json, image.file(), path, told, new PanopticPicture(map.get(), image));
    }
  }

  private void add(
      String json, String file, Optional<String> path, Split told, Annotation annotation) {
    if (path.isEmpty()) {
      reject(json, file);
      return;
    }
    Split split = collection.splits().within(told, path.get());
    rows.add(InputRow.of(++line, path.get(), path.get(), "", split, annotation));
  }

  private void reject(String json, String file) {
    bad.add(
        new BadRow(
            json,
            ++line,
            file,
            Reason.MISSING.name(),
            "The file " + file + " that it names is not there, or in several folders"));
  }
}
