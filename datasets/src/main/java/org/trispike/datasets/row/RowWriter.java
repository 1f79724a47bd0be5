package org.trispike.datasets.row;

import java.util.List;
import java.util.function.Consumer;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;

/** Takes the values of one row after the other, by the names of their columns. */
public final class RowWriter {
  private final MessageType schema;
  private final RecordConsumer out;

  /** The element of the list that is being written. */
  private GroupType group;

  public RowWriter(MessageType schema, RecordConsumer out) {
    this.schema = schema;
    this.out = out;
  }

  public <R extends Row> void row(R row, RowKind<R> kind, ShardFormat format) {
    out.startMessage();
    kind.write(row, format, this);
    out.endMessage();
  }

  /** What rows of all kinds begin with. */
  void common(Row row) {
    text(Fields.ID, row.id());
    text(Fields.SOURCE, row.source());
    text(Fields.CATEGORY, row.category());
    text(Fields.SPLIT, row.split().word());
  }

  void files(Row row) {
    list(
        Fields.FILES,
        row.files(),
        file -> {
          elementText("path", file.path());
          elementText("sha256", file.sha256());
        });
  }

  void text(String field, String value) {
    value(schema, field, () -> out.addBinary(Binary.fromString(value)));
  }

  void bytes(String field, byte[] value) {
    value(schema, field, () -> out.addBinary(Binary.fromConstantByteArray(value)));
  }

  void int32(String field, int value) {
    value(schema, field, () -> out.addInteger(value));
  }

  void int64(String field, long value) {
    value(schema, field, () -> out.addLong(value));
  }

  /**
   * @param element writes the values of one element by the {@code element…} methods, in the order
   *     of the schema
   */
  <T> void list(String field, List<T> values, Consumer<T> element) {
    int index = schema.getFieldIndex(field);
    out.startField(field, index);
    out.startGroup();
    if (!values.isEmpty()) {
      group = schema.getType(index).asGroupType().getType(0).asGroupType().getType(0).asGroupType();
      out.startField("list", 0);
      for (T value : values) {
        out.startGroup();
        out.startField("element", 0);
        out.startGroup();
        element.accept(value);
        out.endGroup();
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
    out.endField(field, index);
  }

  void elementText(String field, String value) {
    value(group, field, () -> out.addBinary(Binary.fromString(value)));
  }

  void elementBytes(String field, byte[] value) {
    value(group, field, () -> out.addBinary(Binary.fromConstantByteArray(value)));
  }

  void elementInt32(String field, int value) {
    value(group, field, () -> out.addInteger(value));
  }

  void elementInt64(String field, long value) {
    value(group, field, () -> out.addLong(value));
  }

  void elementFloat64(String field, double value) {
    value(group, field, () -> out.addDouble(value));
  }

  private void value(GroupType in, String field, Runnable add) {
    int index = in.getFieldIndex(field);
    out.startField(field, index);
    add.run();
    out.endField(field, index);
  }
}
