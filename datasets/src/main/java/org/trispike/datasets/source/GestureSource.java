package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.IdList;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.GestureLabels;

/**
 * DVS128 Gesture: {@code user01_led.aedat} with {@code user01_led_labels.csv}, each gesture of
 * which is a row, {@code user01_led.aedat#3}. {@code gesture_mapping.csv} names the classes; {@code
 * trials_to_train.txt} and {@code trials_to_test.txt} split the recordings.
 */
final class GestureSource {
  private static final String NAMES = "gesture_mapping.csv";

  private final Collection collection;
  private final FileListing listing;
  private final HadoopFiles files;
  private final List<InputRow> rows = new ArrayList<>();
  private final List<BadRow> bad = new ArrayList<>();
  private SortedMap<Integer, String> names = new TreeMap<>();
  private final Map<String, Split> splits = new HashMap<>();

  private GestureSource(Configuration conf, Collection collection) {
    this.collection = collection;
    this.listing = FileListing.of(conf, collection.root());
    this.files = collection.files(conf);
  }

  static InputTable read(Configuration conf, Collection collection) {
    return new GestureSource(conf, collection).read();
  }

  private InputTable read() {
    for (String path : listing.sizes().keySet()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      switch (name) {
        case NAMES -> attempt(path, 0, () -> names = GestureLabels.names(source(path)));
        case "trials_to_train.txt" -> attempt(path, 0, () -> split(path, Split.TRAIN));
        case "trials_to_test.txt" -> attempt(path, 0, () -> split(path, Split.TEST));
        default -> {}
      }
    }
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      line++;
      if (path.endsWith(".aedat")) {
        long at = line;
        attempt(path, at, () -> gestures(path, at));
      }
    }
    if (rows.isEmpty() && bad.isEmpty()) {
      throw listing.holdsNo("recording NAME.aedat");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  private Source source(String path) {
    return Source.of(files, path, collection.limits());
  }

  private void split(String list, Split split) throws CorruptInputException {
    for (String name : IdList.read(source(list))) {
      splits.put(name, split);
    }
  }

  private void gestures(String path, long line) throws CorruptInputException {
    String labels = path.substring(0, path.length() - ".aedat".length()) + "_labels.csv";
    String name = path.substring(path.lastIndexOf('/') + 1);
    Split split = collection.splits().within(splits.getOrDefault(name, Split.TRAIN), path);
    int number = 0;
    for (GestureLabels.Gesture gesture : GestureLabels.read(source(labels)).gestures()) {
      String category =
          names.getOrDefault(
              gesture.classId(), String.format(Locale.ROOT, "class_%02d", gesture.classId()));
      rows.add(
          InputRow.of(
              line,
              path + "#" + number++,
              path,
              category,
              split,
              new EventSpan(gesture.startMicros(), gesture.endMicros())));
    }
  }

  private interface Attempt {
    void run() throws CorruptInputException;
  }

  private void attempt(String path, long line, Attempt attempt) {
    try {
      attempt.run();
    } catch (CorruptInputException e) {
      bad.add(new BadRow(e.file(), line, path, e.reason().name(), e.getMessage()));
    }
  }
}
