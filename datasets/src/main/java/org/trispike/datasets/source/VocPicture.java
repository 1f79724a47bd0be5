package org.trispike.datasets.source;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.ClassMap;
import org.trispike.datasets.format.label.VocAnnotation;
import org.trispike.datasets.format.label.VocMaps;
import org.trispike.datasets.row.PictureBox;

/**
 * A picture of Pascal VOC; paths that are "" are of files that are not there.
 *
 * @param objects the path of its boxes
 * @param classMap the path of its map of classes
 * @param objectMap the path of its map of objects
 */
record VocPicture(String objects, String classMap, String objectMap) implements PictureAnnotation {
  VocPicture {
    Objects.requireNonNull(objects);
    Objects.requireNonNull(classMap);
    Objects.requireNonNull(objectMap);
  }

  @Override
  public PictureLabels read(Source picture, int width, int height) throws CorruptInputException {
    return new PictureLabels(
        objects.isEmpty() ? List.of() : boxes(picture, width, height),
        classMap.isEmpty() ? Optional.empty() : Optional.of(VocMaps.classes(picture.at(classMap))),
        objectMap.isEmpty() ? new int[0] : segments(VocMaps.objects(picture.at(objectMap))));
  }

  private List<PictureBox> boxes(Source picture, int width, int height)
      throws CorruptInputException {
    VocAnnotation annotation = VocAnnotation.read(picture.at(objects));
    picture.check(
        annotation.width() == width && annotation.height() == height,
        Reason.BAD_ROW,
        "Its annotation is of another size: %s",
        annotation.width() + " × " + annotation.height() + ", not " + width + " × " + height);
    return annotation.objects().stream()
        .map(object -> new PictureBox(object.box(), object.difficult(), Optional.empty()))
        .toList();
  }

  /** Numbers of objects; the void of borders belongs to none. */
  private static int[] segments(ClassMap objects) {
    int[] segments = new int[objects.ids().length];
    for (int i = 0; i < segments.length; i++) {
      int id = objects.ids()[i] & 0xFFFF;
      segments[i] = id == objects.voidId() ? 0 : id;
    }
    return segments;
  }
}
