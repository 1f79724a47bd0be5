package org.trispike.datasets.shard;

import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.RowWriter;
import org.trispike.datasets.row.ShardFormat;

/** Hands rows to Parquet as the columns of their kind. */
final class RowWriteSupport<R extends Row> extends WriteSupport<R> {
  private final RowKind<R> kind;
  private final ShardFormat format;
  private final MessageType schema;
  private RowWriter out;

  RowWriteSupport(RowKind<R> kind, ShardFormat format) {
    this.kind = kind;
    this.format = format;
    this.schema = kind.schema(Column.all());
  }

  @Override
  public WriteContext init(Configuration conf) {
    return new WriteContext(schema, format.metadata());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = new RowWriter(schema, consumer);
  }

  @Override
  public void write(R row) {
    out.row(row, kind, format);
  }
}
