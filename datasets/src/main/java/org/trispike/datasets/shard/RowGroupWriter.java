package org.trispike.datasets.shard;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Writes rows into one Parquet file, as every file of this program is written: zstd, a CRC on every
 * page, no dictionaries, and no setting that is left to the surroundings. It stands in the place of
 * Parquet's own {@code ParquetWriter}, which cannot be given a codec.
 */
final class RowGroupWriter<T> implements Closeable {
  private static final int PAGE_BYTES = 1 << 20;

  private static final ParquetProperties PROPERTIES =
      ParquetProperties.builder()
          .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
          .withPageSize(PAGE_BYTES)
          .withDictionaryEncoding(false)
          .withPageWriteChecksumEnabled(true)
          // Rows are large: look at the size after each, not after a hundred.
          .withMinRowCountForPageSizeCheck(1)
          .withMaxRowCountForPageSizeCheck(1)
          .build();

  private final CodecFactory.BytesCompressor compressor =
      new ZstdPages().getCompressor(CompressionCodecName.ZSTD);
  private final ParquetFileWriter file;
  private final WriteSupport<T> support;
  private final MessageType schema;
  private final Map<String, String> metadata;
  private final long groupBytes;

  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore columns;
  private RecordConsumer records;

  /** In the row group that is being filled. */
  private long rows;

  private boolean closed;

  /**
   * @param groupBytes a row group ends where another row might take it beyond this size
   */
  RowGroupWriter(OutputFile output, WriteSupport<T> support, long groupBytes) throws IOException {
    WriteSupport.WriteContext context = support.init(new Configuration(false));
    this.support = support;
    this.schema = context.getSchema();
    this.metadata = context.getExtraMetaData();
    this.groupBytes = groupBytes;
    this.file =
        new ParquetFileWriter(
            output,
            schema,
            ParquetFileWriter.Mode.CREATE,
            groupBytes,
            0,
            PROPERTIES.getColumnIndexTruncateLength(),
            PROPERTIES.getStatisticsTruncateLength(),
            true);
    file.start();
    open();
  }

  private void open() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            schema,
            PROPERTIES.getAllocator(),
            PROPERTIES.getColumnIndexTruncateLength(),
            true);
    columns = PROPERTIES.newColumnWriteStore(schema, pages);
    records = new ColumnIOFactory().getColumnIO(schema).getRecordWriter(columns);
    support.prepareForWrite(records);
    rows = 0;
  }

  void write(T row) throws IOException {
    support.write(row);
    rows++;
    long bytes = columns.getBufferedSize();
    if (bytes > groupBytes - 2 * (bytes / rows)) {
      flush();
      open();
    }
  }

  private void flush() throws IOException {
    records.flush();
    if (rows > 0) {
      file.startBlock(rows);
      columns.flush();
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    columns.close();
  }

  /** The row groups of a file that is closed. */
  List<BlockMetaData> groups() {
    return file.getFooter().getBlocks();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      flush();
      file.end(metadata);
      compressor.release();
    }
  }
}
