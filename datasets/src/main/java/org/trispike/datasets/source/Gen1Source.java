package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.EventBox;
import org.trispike.datasets.format.label.EventBoxes;

/**
 * Prophesee's automotive recordings (Gen1): {@code train/NAME_td.dat} with {@code NAME_bbox.npy}.
 * Each time that has boxes is a row, {@code NAME_td.dat#TIME}, with the events before it.
 */
final class Gen1Source {
  private static final String EVENTS = "_td.dat";

  private Gen1Source() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    HadoopFiles files = collection.files(conf);
    List<InputRow> rows = new ArrayList<>();
    List<BadRow> bad = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      if (!path.endsWith(EVENTS)) {
        continue;
      }
      String boxes = path.substring(0, path.length() - EVENTS.length()) + "_bbox.npy";
      Split told = FolderSplits.of(path).orElse(Split.TRAIN);
      Split split = collection.splits().within(told, path);
      try {
        for (var moment : moments(Source.of(files, boxes, collection.limits())).entrySet()) {
          String id = path + "#" + moment.getKey();
          EventMoment annotation = new EventMoment(moment.getKey(), moment.getValue());
          rows.add(InputRow.of(line, id, path, "", split, annotation));
        }
      } catch (CorruptInputException e) {
        bad.add(new BadRow(e.file(), line, path, e.reason().name(), e.getMessage()));
      }
    }
    if (rows.isEmpty() && bad.isEmpty()) {
      throw listing.holdsNo("recording NAME" + EVENTS);
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  private static SortedMap<Long, List<EventBox>> moments(Source source)
      throws CorruptInputException {
    SortedMap<Long, List<EventBox>> moments = new TreeMap<>();
    for (EventBox box : EventBoxes.read(source, EventBoxes.GEN1_CLASSES)) {
      moments.computeIfAbsent(box.micros(), time -> new ArrayList<>()).add(box);
    }
    source.check(!moments.isEmpty(), Reason.EMPTY, "It holds no box");
    return moments;
  }
}
