package org.trispike.jobs.inspect;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.trispike.datasets.format.label.Box2d;
import org.trispike.datasets.format.label.ClassMap;
import org.trispike.datasets.format.label.EventBox;
import org.trispike.datasets.format.lidar.Box3d;
import org.trispike.datasets.format.lidar.PointLabels;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.row.CameraImage;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.Picture;
import org.trispike.datasets.row.PictureBox;
import org.trispike.datasets.row.Recording;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.Scene;
import org.trispike.datasets.row.Triplet;

/** Rows of datasets, with all that they hold; clouds and pictures of them where they are wanted. */
final class RowInspection {
  private final Inspection inspection;

  RowInspection(Inspection inspection) {
    this.inspection = inspection;
  }

  void show(Row row) {
    inspection.line(
        "%s (%s, %s)",
        row.id(), row.category().isEmpty() ? "no category" : row.category(), row.split().word());
    if (row instanceof Triplet triplet) {
      triplet(triplet);
    } else if (row instanceof Recording recording) {
      recording(recording);
    } else if (row instanceof Scene scene) {
      scene(scene);
    } else if (row instanceof Picture picture) {
      picture(picture);
    }
    row.files().forEach(file -> inspection.line("  %s %s", file.sha256(), file.path()));
  }

  private void triplet(Triplet row) {
    inspection.line(
        "  %d points, %d pictures, %d vectors of pictures, %d of texts",
        row.points().points(),
        row.images().size(),
        row.imageEmbeddings().size(),
        row.textEmbeddings().size());
    row.texts().forEach(text -> inspection.line("  %s: %s", text.source(), text.text()));
    inspection.cloud(row.id(), row.points());
    for (int i = 0; i < row.images().size(); i++) {
      image(row.id() + "-" + i, row.images().get(i));
    }
  }

  private void recording(Recording row) {
    new EventInspection(inspection).show(row.events(), row.id());
    for (EventBox box : row.boxes()) {
      inspection.line("  at %d us %s", box.micros(), text(box.box()));
    }
  }

  private void scene(Scene row) {
    inspection.line(
        "  %d points, %d boxes, %d pictures%s",
        row.points().points(),
        row.boxes().size(),
        row.images().size(),
        row.labels().map(labels -> ", points by class " + classes(labels)).orElse(""));
    for (Box3d box : row.boxes()) {
      inspection.line(
          "  %s at (%.2f, %.2f, %.2f) m, %.2f × %.2f × %.2f m, heading %.2f",
          box.category(),
          box.x(),
          box.y(),
          box.z(),
          box.length(),
          box.width(),
          box.height(),
          box.yaw());
    }
    if (inspection.exports()) {
      inspection.cloud(row.id(), coloured(row));
      for (CameraImage image : row.images()) {
        image(row.id(), image.image());
      }
    }
  }

  private static Map<Integer, Integer> classes(PointLabels labels) {
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int label : labels.semantic()) {
      counts.merge(label, 1, Integer::sum);
    }
    return counts;
  }

  /** Points in the colours of their classes; without classes those in boxes red, others grey. */
  private static PointCloud coloured(Scene row) {
    float[] xyzi = row.points().xyzi();
    float[] xyz = new float[3 * row.points().points()];
    float[] rgb = new float[xyz.length];
    for (int i = 0; i < row.points().points(); i++) {
      System.arraycopy(xyzi, 4 * i, xyz, 3 * i, 3);
      int point = i;
      float[] colour =
          row.labels()
              .map(labels -> colour(labels.semantic()[point]).getRGBColorComponents(null))
              .orElseGet(() -> inBox(row, xyzi, point) ? new float[] {1, 0, 0} : grey());
      System.arraycopy(colour, 0, rgb, 3 * i, 3);
    }
    return new PointCloud(xyz, rgb);
  }

  private static float[] grey() {
    return new float[] {0.6f, 0.6f, 0.6f};
  }

  private static boolean inBox(Scene row, float[] xyzi, int point) {
    return row.boxes().stream()
        .anyMatch(box -> box.contains(xyzi[4 * point], xyzi[4 * point + 1], xyzi[4 * point + 2]));
  }

  /** Black for 0, and colours far from each other for the numbers that follow. */
  private static Color colour(int number) {
    float goldenRatio = 0.618034f;
    return number == 0 ? Color.BLACK : Color.getHSBColor(number * goldenRatio, 0.75f, 0.95f);
  }

  private void picture(Picture row) {
    inspection.line(
        "  %d × %d pixels, %d boxes%s",
        row.width(),
        row.height(),
        row.boxes().size(),
        row.classes().map(map -> ", classes " + classes(map)).orElse(""));
    for (PictureBox box : row.boxes()) {
      inspection.line(
          "  %s%s",
          text(box.box()),
          box.mask().map(mask -> ", mask of " + mask.area() + " pixels").orElse(""));
    }
    image(row.id(), row.image());
    if (inspection.exports()) {
      row.classes().ifPresent(map -> inspection.picture(row.id() + "-classes", coloured(map)));
    }
  }

  private static List<Integer> classes(ClassMap map) {
    boolean[] seen = new boolean[1 << 16];
    for (short id : map.ids()) {
      seen[id & 0xFFFF] = true;
    }
    List<Integer> classes = new ArrayList<>();
    for (int id = 0; id < seen.length; id++) {
      if (seen[id]) {
        classes.add(id);
      }
    }
    return classes;
  }

  private static BufferedImage coloured(ClassMap map) {
    BufferedImage image = new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        image.setRGB(x, y, colour(map.at(x, y)).getRGB());
      }
    }
    return image;
  }

  private static String text(Box2d box) {
    return String.format(
        Locale.ROOT,
        "%s at (%.1f, %.1f), %.1f × %.1f pixels",
        box.category(),
        box.x(),
        box.y(),
        box.width(),
        box.height());
  }

  private void image(String name, EncodedImage image) {
    inspection.write(name + "." + image.extension(), image.bytes());
  }
}
