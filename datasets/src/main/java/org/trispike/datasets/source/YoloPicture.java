package org.trispike.datasets.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.YoloLabels;
import org.trispike.datasets.row.PictureBox;

/**
 * A picture with labels in YOLO's form.
 *
 * @param labels the path of its labels, or "" where it has none
 * @param names of the classes by number
 */
record YoloPicture(String labels, TreeMap<Integer, String> names) implements PictureAnnotation {
  YoloPicture {
    Objects.requireNonNull(labels);
    Objects.requireNonNull(names);
  }

  @Override
  public PictureLabels read(Source picture, int width, int height) throws CorruptInputException {
    if (labels.isEmpty()) {
      return PictureLabels.of(List.of());
    }
    List<PictureBox> boxes =
        YoloLabels.read(picture.at(labels), width, height, names).stream()
            .map(
                object ->
                    new PictureBox(
                        object.box(),
                        false,
                        object.outline().isEmpty()
                            ? Optional.empty()
                            : Optional.of(object.outline().mask(width, height))))
            .toList();
    return PictureLabels.of(boxes);
  }
}
