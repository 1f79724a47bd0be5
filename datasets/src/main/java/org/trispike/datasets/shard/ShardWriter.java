package org.trispike.datasets.shard;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;

/**
 * Writes rows into one Parquet file: zstd, a CRC on every page, no dictionaries, nothing in the
 * file that depends on time or place. The same rows give the same bytes.
 */
public final class ShardWriter<R extends Row> implements Closeable {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int ZSTD_LEVEL = 3;

  private final HashingOutput output;
  private final ParquetWriter<R> writer;
  private long rows;

  private ShardWriter(HashingOutput output, ParquetWriter<R> writer) {
    this.output = output;
    this.writer = writer;
  }

  /**
   * Begins a file in {@code out}, which is closed with it.
   *
   * @param rowGroupBytes a row group ends after the row with which it reaches this size
   */
  public static <R extends Row> ShardWriter<R> create(
      OutputStream out, RowKind<R> kind, ShardFormat format, long rowGroupBytes)
      throws IOException {
    HashingOutput output = new HashingOutput(out);
    return new ShardWriter<>(
        output,
        configure(new Builder<>(output, new RowWriteSupport<>(kind, format)), rowGroupBytes)
            .build());
  }

  /** The settings of every Parquet file of this program, none left to the surroundings. */
  static <T, B extends ParquetWriter.Builder<T, B>> B configure(B builder, long rowGroupBytes) {
    Configuration fixed = new Configuration(false);
    fixed.setInt("parquet.compression.codec.zstd.level", ZSTD_LEVEL);
    fixed.setInt("parquet.compression.codec.zstd.workers", 0);
    return builder
        .withConf(fixed)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withWriterVersion(ParquetProperties.WriterVersion.PARQUET_1_0)
        .withPageWriteChecksumEnabled(true)
        .withDictionaryEncoding(false)
        .withPageSize(PAGE_BYTES)
        .withRowGroupSize(rowGroupBytes)
        // Rows are large: look at the size after each, not after a hundred.
        .withMinRowCountForPageSizeCheck(1)
        .withMaxRowCountForPageSizeCheck(1)
        .withMaxPaddingSize(0);
  }

  public void write(R row) throws IOException {
    writer.write(row);
    rows++;
  }

  /** Closes the file and describes it under the path that it will have in its dataset. */
  public ShardInfo finish(String path, Split split) throws IOException {
    output.holdBack();
    writer.close();
    List<Integer> groups =
        writer.getFooter().getBlocks().stream()
            .map(block -> Math.toIntExact(block.getRowCount()))
            .toList();
    return new ShardInfo(path, split, rows, output.bytes(), output.sha256(), groups);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder<R extends Row> extends ParquetWriter.Builder<R, Builder<R>> {
    private final WriteSupport<R> support;

    Builder(HashingOutput output, WriteSupport<R> support) {
      super(output);
      this.support = support;
    }

    @Override
    protected Builder<R> self() {
      return this;
    }

    @Override
    protected WriteSupport<R> getWriteSupport(Configuration conf) {
      return support;
    }
  }
}
