package org.trispike.datasets.row;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.label.ClassMap;
import org.trispike.datasets.format.label.InstanceMask;

/** The columns of {@link Picture}. */
final class PictureRows implements RowKind<Picture> {
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String IMAGE = "image";
  private static final String BOXES = "boxes";
  private static final String CLASSES = "class_map";
  private static final String VOID = "void_id";
  private static final String SEGMENTS = "segments";

  @Override
  public String word() {
    return "picture";
  }

  @Override
  public String noun() {
    return "pictures";
  }

  @Override
  public MessageType schema(Set<Column> columns) {
    List<Type> fields = Fields.common();
    fields.add(Fields.number(INT32, WIDTH));
    fields.add(Fields.number(INT32, HEIGHT));
    if (columns.contains(Column.IMAGES)) {
      fields.add(Fields.bytes(IMAGE));
    }
    fields.add(
        Fields.list(
            BOXES,
            Fields.with(
                Boxes.fields(),
                Fields.number(INT32, "crowd"),
                Fields.number(INT32, "difficult"),
                Fields.text("mask"))));
    fields.add(Fields.number(INT32, VOID));
    if (columns.contains(Column.IMAGES)) {
      fields.add(Fields.optionalBytes(CLASSES));
      fields.add(Fields.optionalBytes(SEGMENTS));
    }
    if (columns.contains(Column.FILES)) {
      fields.add(Fields.files());
    }
    return new MessageType(word(), fields);
  }

  @Override
  public void write(Picture picture, ShardFormat format, RowWriter out) {
    out.common(picture);
    out.int32(WIDTH, picture.width());
    out.int32(HEIGHT, picture.height());
    out.bytes(IMAGE, picture.image().bytes());
    out.list(
        BOXES,
        picture.boxes(),
        box -> {
          Boxes.write(box.box(), out);
          out.elementInt32("crowd", box.box().crowd() ? 1 : 0);
          out.elementInt32("difficult", box.difficult() ? 1 : 0);
          out.elementText("mask", box.mask().map(InstanceMask::packed).orElse(""));
        });
    out.int32(VOID, picture.classes().map(ClassMap::voidId).orElse(0));
    picture.classes().ifPresent(map -> out.bytes(CLASSES, PixelPacking.pack(map.ids())));
    if (picture.segments().length > 0) {
      out.bytes(SEGMENTS, PixelPacking.pack(picture.segments()));
    }
    out.files(picture);
  }

  @Override
  public Picture read(RowValues values, int row, Set<Column> columns, ShardFormat format) {
    int width = values.int32(WIDTH, row);
    int height = values.int32(HEIGHT, row);
    boolean pixels = columns.contains(Column.IMAGES);
    String source = values.text(Fields.SOURCE, row);
    Optional<byte[]> classes = pixels ? values.optionalBytes(CLASSES, row) : Optional.empty();
    Optional<byte[]> segments = pixels ? values.optionalBytes(SEGMENTS, row) : Optional.empty();
    int voidId = values.int32(VOID, row);
    return new Picture(
        values.text(Fields.ID, row),
        source,
        values.split(row),
        width,
        height,
        new EncodedImage(source, pixels ? values.bytes(IMAGE, row) : new byte[0]),
        values.list(BOXES, row, box -> box(box, width, height)),
        classes.map(ids -> new ClassMap(width, height, PixelPacking.classes(ids), voidId)),
        segments.map(PixelPacking::segments).orElse(new int[0]),
        columns.contains(Column.FILES) ? values.files(row) : List.of());
  }

  private static PictureBox box(RowValues.Element box, int width, int height) {
    String mask = box.text("mask");
    return new PictureBox(
        Boxes.read(box, box.int32("crowd") == 1),
        box.int32("difficult") == 1,
        mask.isEmpty()
            ? Optional.empty()
            : Optional.of(InstanceMask.unpacked(width, height, mask)));
  }

  @Override
  public void check(Picture row, RowFindings findings) {
    // What boxes, masks and maps must be, their records check as they are made.
    findings.count("boxes", row.boxes().size());
    findings.count("masks", row.boxes().stream().filter(box -> box.mask().isPresent()).count());
    findings.count("class maps", row.classes().isPresent() ? 1 : 0);
    findings.check(
        Images.isPicture(row.image().bytes()), "row '%s' is neither PNG nor JPEG", row.id());
    for (PictureBox box : row.boxes()) {
      findings.check(
          box.box().within(row.width(), row.height()),
          "row '%s' has a box that reaches beyond the picture",
          row.id());
    }
  }
}
