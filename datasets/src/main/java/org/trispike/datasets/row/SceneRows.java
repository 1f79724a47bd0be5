package org.trispike.datasets.row;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.lidar.Box3d;
import org.trispike.datasets.format.lidar.Difficulty;
import org.trispike.datasets.format.lidar.Projection;
import org.trispike.datasets.format.lidar.RigidMap;

/** The columns of {@link Scene}. */
final class SceneRows implements RowKind<Scene> {
  private static final String POINTS = "points";
  private static final String LABELS = "labels";
  private static final String BOXES = "boxes";
  private static final String UNLABELLED = "unlabelled";
  private static final String IMAGES = "images";

  @Override
  public String word() {
    return "scene";
  }

  @Override
  public String noun() {
    return "scenes";
  }

  @Override
  public MessageType schema(Set<Column> columns) {
    List<Type> fields = Fields.common();
    if (columns.contains(Column.POINTS)) {
      fields.add(Fields.bytes(POINTS));
      fields.add(Fields.optionalBytes(LABELS));
    }
    fields.add(
        Fields.list(
            BOXES,
            Fields.number(DOUBLE, "x"),
            Fields.number(DOUBLE, "y"),
            Fields.number(DOUBLE, "z"),
            Fields.number(DOUBLE, "length"),
            Fields.number(DOUBLE, "width"),
            Fields.number(DOUBLE, "height"),
            Fields.number(DOUBLE, "yaw"),
            Fields.text("category"),
            Fields.number(DOUBLE, "truncation"),
            Fields.number(INT32, "occlusion"),
            Fields.text("difficulty")));
    fields.add(Fields.list(UNLABELLED, Boxes.fields()));
    if (columns.contains(Column.IMAGES)) {
      fields.add(
          Fields.list(
              IMAGES,
              Fields.text("view"),
              Fields.bytes("bytes"),
              Fields.bytes("lidar_to_camera"),
              Fields.bytes("projection")));
    }
    if (columns.contains(Column.FILES)) {
      fields.add(Fields.files());
    }
    return new MessageType(word(), fields);
  }

  @Override
  public void write(Scene scene, ShardFormat format, RowWriter out) {
    out.common(scene);
    out.bytes(POINTS, ScanPacking.pack(scene.points()));
    scene.labels().ifPresent(labels -> out.bytes(LABELS, ScanPacking.pack(labels)));
    out.list(BOXES, scene.boxes(), box -> write(box, out));
    out.list(UNLABELLED, scene.unlabelled(), box -> Boxes.write(box, out));
    out.list(
        IMAGES,
        scene.images(),
        image -> {
          out.elementText("view", image.image().view());
          out.elementBytes("bytes", image.image().bytes());
          out.elementBytes("lidar_to_camera", ScanPacking.pack(image.fromLidar().rows()));
          out.elementBytes("projection", ScanPacking.pack(image.projection().rows()));
        });
    out.files(scene);
  }

  private static void write(Box3d box, RowWriter out) {
    out.elementFloat64("x", box.x());
    out.elementFloat64("y", box.y());
    out.elementFloat64("z", box.z());
    out.elementFloat64("length", box.length());
    out.elementFloat64("width", box.width());
    out.elementFloat64("height", box.height());
    out.elementFloat64("yaw", box.yaw());
    out.elementText("category", box.category());
    out.elementFloat64("truncation", box.truncation());
    out.elementInt32("occlusion", box.occlusion());
    out.elementText("difficulty", box.difficulty().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Scene read(RowValues values, int row, Set<Column> columns, ShardFormat format) {
    boolean points = columns.contains(Column.POINTS);
    return new Scene(
        values.text(Fields.ID, row),
        values.text(Fields.SOURCE, row),
        values.split(row),
        points ? Optional.of(ScanPacking.scan(values.bytes(POINTS, row))) : Optional.empty(),
        points ? values.optionalBytes(LABELS, row).map(ScanPacking::labels) : Optional.empty(),
        values.list(BOXES, row, SceneRows::box),
        values.list(UNLABELLED, row, box -> Boxes.read(box, false)),
        columns.contains(Column.IMAGES) ? values.list(IMAGES, row, SceneRows::image) : List.of(),
        columns.contains(Column.FILES) ? values.files(row) : List.of());
  }

  private static Box3d box(RowValues.Element box) {
    return new Box3d(
        box.float64("x"),
        box.float64("y"),
        box.float64("z"),
        box.float64("length"),
        box.float64("width"),
        box.float64("height"),
        box.float64("yaw"),
        box.text("category"),
        box.float64("truncation"),
        box.int32("occlusion"),
        Difficulty.valueOf(box.text("difficulty").toUpperCase(Locale.ROOT)));
  }

  private static CameraImage image(RowValues.Element image) {
    return new CameraImage(
        new EncodedImage(image.text("view"), image.bytes("bytes")),
        new RigidMap(ScanPacking.matrix(image.bytes("lidar_to_camera"))),
        new Projection(ScanPacking.matrix(image.bytes("projection"))));
  }

  @Override
  public void check(Scene row, RowFindings findings) {
    // What points, boxes and labels must be, their records check as they are made.
    findings.count("points", row.points().points());
    row.labels().ifPresent(labels -> findings.count("labels", labels.size()));
    findings.count("boxes", row.boxes().size());
    findings.count("pictures", row.images().size());
    for (CameraImage image : row.images()) {
      findings.check(
          Images.isPicture(image.image().bytes()),
          "picture %s of row '%s' is neither PNG nor JPEG",
          image.image().view(),
          row.id());
    }
  }
}
