package org.trispike.datasets.format.lidar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Guard;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.YamlSubset;

/**
 * How the labels of SemanticKITTI become the classes that networks tell apart, as its
 * semantic-kitti.yaml says it.
 *
 * @param classes what is told apart, by number; from the keys of {@code learning_map_inv}
 * @param classOf the class of each label; {@code learning_map}
 * @param splits the name of the split of each sequence: train, valid or test; {@code split}
 */
public record LearningMap(
    List<LearningClass> classes,
    SortedMap<Integer, Integer> classOf,
    SortedMap<Integer, String> splits) {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,5}");

  /** Labels are the lower 16 bits of a word. */
  private static final int MOST_LABELS = 1 << 16;

  /**
   * A class.
   *
   * @param name of the label that stands for it
   * @param label that stands for it where predictions are written as labels again
   * @param ignored whether points of it count in no loss and no score
   */
  public record LearningClass(String name, int label, boolean ignored) {}

  public LearningMap {
    classes = List.copyOf(classes);
    classOf = Collections.unmodifiableSortedMap(new TreeMap<>(classOf));
    splits = Collections.unmodifiableSortedMap(new TreeMap<>(splits));
    for (Map.Entry<Integer, Integer> entry : classOf.entrySet()) {
      if (entry.getKey() < 0 || entry.getKey() >= MOST_LABELS) {
        throw new IllegalArgumentException("Label " + entry.getKey() + " has more than 16 bits");
      }
      if (entry.getValue() < 0 || entry.getValue() >= classes.size()) {
        throw new IllegalArgumentException(
            "Label " + entry.getKey() + " is of class " + entry.getValue() + ", which is not told");
      }
    }
  }

  /** The map in a file like semantic-kitti.yaml. */
  public static LearningMap read(Source source) throws CorruptInputException {
    ObjectNode root = YamlSubset.read(source);
    Map<Integer, String> names = numbered(source, root, "labels");
    Map<Integer, String> ignored = numbered(source, root, "learning_ignore");
    List<LearningClass> classes = new ArrayList<>();
    for (Map.Entry<Integer, String> entry : numbered(source, root, "learning_map_inv").entrySet()) {
      int label = number(source, entry.getValue());
      String name = names.get(label);
      source.check(
          entry.getKey() == classes.size(),
          Reason.BAD_ROW,
          "Its learning_map_inv lacks the class %s",
          classes.size());
      source.check(name != null, Reason.BAD_ROW, "Its labels lack %s", label);
      boolean ignore = Boolean.parseBoolean(ignored.getOrDefault(entry.getKey(), "false"));
      classes.add(new LearningClass(name, label, ignore));
    }
    SortedMap<Integer, Integer> classOf = new TreeMap<>();
    for (Map.Entry<Integer, String> entry : numbered(source, root, "learning_map").entrySet()) {
      classOf.put(entry.getKey(), number(source, entry.getValue()));
    }
    SortedMap<Integer, String> splits = splits(source, root);
    return Guard.run(
        source.path(),
        Reason.BAD_ROW,
        "Reading its learning_map",
        () -> new LearningMap(classes, classOf, splits));
  }

  private static SortedMap<Integer, String> splits(Source source, ObjectNode root)
      throws CorruptInputException {
    SortedMap<Integer, String> splits = new TreeMap<>();
    for (Map.Entry<String, JsonNode> split : section(source, root, "split").properties()) {
      for (JsonNode sequence : split.getValue()) {
        int number = number(source, sequence.asText());
        source.check(
            splits.put(number, split.getKey()) == null,
            Reason.BAD_ROW,
            "Sequence %s is of two splits",
            number);
      }
    }
    return splits;
  }

  private static SortedMap<Integer, String> numbered(Source source, ObjectNode root, String section)
      throws CorruptInputException {
    SortedMap<Integer, String> out = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : section(source, root, section).properties()) {
      out.put(number(source, entry.getKey()), entry.getValue().asText());
    }
    return out;
  }

  private static ObjectNode section(Source source, ObjectNode root, String name)
      throws CorruptInputException {
    source.check(
        root.get(name) instanceof ObjectNode, Reason.BAD_ROW, "It has no section '%s'", name);
    return (ObjectNode) root.get(name);
  }

  private static int number(Source source, String word) throws CorruptInputException {
    source.check(
        NUMBER.matcher(word).matches(),
        Reason.BAD_ROW,
        "'%s' is no number of a class, label or sequence",
        Source.brief(word));
    return Integer.parseInt(word);
  }

  /**
   * The class of each point.
   *
   * @param source the file of the labels
   */
  public int[] classes(Source source, PointLabels labels) throws CorruptInputException {
    int[] table = new int[MOST_LABELS];
    Arrays.fill(table, -1);
    classOf.forEach((label, number) -> table[label] = number);
    int[] out = new int[labels.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = table[labels.semantic()[i]];
      if (out[i] < 0) {
        throw source.bad(
            Reason.INDEX_OUT_OF_RANGE,
            "Point %s has the label %s, which the learning map lacks",
            i,
            labels.semantic()[i]);
      }
    }
    return out;
  }

  /** The split of a sequence. */
  public Optional<String> split(int sequence) {
    return Optional.ofNullable(splits.get(sequence));
  }
}
