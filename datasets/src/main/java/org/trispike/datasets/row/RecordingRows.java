package org.trispike.datasets.row;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.trispike.datasets.format.label.EventBox;

/** The columns of {@link Recording}. */
final class RecordingRows implements RowKind<Recording> {
  private static final String WIDTH = "width";
  private static final String HEIGHT = "height";
  private static final String START = "start_micros";
  private static final String EVENTS = "events";
  private static final String BOXES = "boxes";

  @Override
  public String word() {
    return "recording";
  }

  @Override
  public String noun() {
    return "recordings";
  }

  @Override
  public MessageType schema(Set<Column> columns) {
    List<Type> fields = Fields.common();
    fields.add(Fields.number(INT32, WIDTH));
    fields.add(Fields.number(INT32, HEIGHT));
    fields.add(Fields.number(INT64, START));
    if (columns.contains(Column.POINTS)) {
      fields.add(Fields.bytes(EVENTS));
    }
    fields.add(
        Fields.list(
            BOXES,
            Fields.with(
                Boxes.fields(),
                Fields.number(INT64, "micros"),
                Fields.number(INT32, "class_id"),
                Fields.number(DOUBLE, "confidence"),
                Fields.number(INT64, "track_id"))));
    if (columns.contains(Column.FILES)) {
      fields.add(Fields.files());
    }
    return new MessageType(word(), fields);
  }

  @Override
  public void write(Recording recording, ShardFormat format, RowWriter out) {
    out.common(recording);
    out.int32(WIDTH, recording.width());
    out.int32(HEIGHT, recording.height());
    out.int64(START, recording.startMicros());
    out.bytes(EVENTS, EventPacking.pack(recording.events(), recording.startMicros()));
    out.list(
        BOXES,
        recording.boxes(),
        box -> {
          Boxes.write(box.box(), out);
          out.elementInt64("micros", box.micros());
          out.elementInt32("class_id", box.classId());
          out.elementFloat64("confidence", box.confidence());
          out.elementInt64("track_id", box.trackId());
        });
    out.files(recording);
  }

  @Override
  public Recording read(RowValues values, int row, Set<Column> columns, ShardFormat format) {
    int width = values.int32(WIDTH, row);
    int height = values.int32(HEIGHT, row);
    long start = values.int64(START, row);
    return new Recording(
        values.text(Fields.ID, row),
        values.text(Fields.SOURCE, row),
        values.text(Fields.CATEGORY, row),
        values.split(row),
        width,
        height,
        start,
        columns.contains(Column.POINTS)
            ? Optional.of(EventPacking.unpack(values.bytes(EVENTS, row), width, height, start))
            : Optional.empty(),
        values.list(
            BOXES,
            row,
            box ->
                new EventBox(
                    box.int64("micros"),
                    Boxes.read(box, false),
                    box.int32("class_id"),
                    box.float64("confidence"),
                    box.int64("track_id"))),
        columns.contains(Column.FILES) ? values.files(row) : List.of());
  }

  @Override
  public void check(Recording row, RowFindings findings) {
    // What events and boxes must be, their records check as they are made.
    findings.count("events", row.events().size());
    findings.count("boxes", row.boxes().size());
  }
}
