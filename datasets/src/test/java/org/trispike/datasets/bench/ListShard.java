package org.trispike.datasets.bench;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.row.Triplet;

/** The layout that a shard is not: two lists of floats a row, otherwise written and read alike. */
final class ListShard {
  private static final MessageType SCHEMA =
      new MessageType(
          "cloud",
          Types.requiredList().requiredElement(FLOAT).named("xyz"),
          Types.requiredList().requiredElement(FLOAT).named("rgb"));

  private ListShard() {}

  static void write(Configuration conf, Path path, List<Triplet> rows) throws IOException {
    try (ParquetWriter<PointCloud> writer = new Builder(conf, path).build()) {
      for (Triplet row : rows) {
        writer.write(row.points());
      }
    }
  }

  /** The sum of the points of all rows, each of which is made. */
  static long read(Configuration conf, Path path) throws IOException {
    long points = 0;
    try (ParquetFileReader file =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(path, conf),
            HadoopReadOptions.builder(conf, path).usePageChecksumVerification().build())) {
      for (PageReadStore pages = file.readNextRowGroup();
          pages != null;
          pages = file.readNextRowGroup()) {
        ColumnReadStoreImpl store =
            new ColumnReadStoreImpl(
                pages,
                new GroupRecordConverter(SCHEMA).getRootConverter(),
                SCHEMA,
                file.getFileMetaData().getCreatedBy());
        ColumnReader xyz = store.getColumnReader(SCHEMA.getColumns().get(0));
        ColumnReader rgb = store.getColumnReader(SCHEMA.getColumns().get(1));
        for (long row = 0; row < pages.getRowCount(); row++) {
          points += new PointCloud(floats(xyz), floats(rgb)).points();
        }
      }
    }
    return points;
  }

  /** The values of a row, whose number is known here as it is of a fixed-size cloud. */
  private static float[] floats(ColumnReader reader) {
    float[] values = new float[3 * BenchRows.POINTS];
    int n = 0;
    do {
      values[n++] = reader.getFloat();
      reader.consume();
    } while (n < values.length && reader.getCurrentRepetitionLevel() > 0);
    return values;
  }

  private static final class Builder extends ParquetWriter.Builder<PointCloud, Builder> {
    Builder(Configuration conf, Path path) throws IOException {
      super(HadoopOutputFile.fromPath(path, conf));
      withCompressionCodec(CompressionCodecName.ZSTD)
          .withPageWriteChecksumEnabled(true)
          .withDictionaryEncoding(false)
          .withRowGroupSize(1L << 23);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<PointCloud> getWriteSupport(Configuration conf) {
      return new Lists();
    }
  }

  private static final class Lists extends WriteSupport<PointCloud> {
    private RecordConsumer out;

    @Override
    public WriteContext init(Configuration conf) {
      return new WriteContext(SCHEMA, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      out = consumer;
    }

    @Override
    public void write(PointCloud cloud) {
      out.startMessage();
      list("xyz", 0, cloud.xyz());
      list("rgb", 1, cloud.rgb());
      out.endMessage();
    }

    private void list(String name, int index, float[] values) {
      out.startField(name, index);
      out.startGroup();
      out.startField("list", 0);
      for (float value : values) {
        out.startGroup();
        out.startField("element", 0);
        out.addFloat(value);
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField("list", 0);
      out.endGroup();
      out.endField(name, index);
    }
  }
}
