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

/**
 * Writes triplets into one Parquet file: zstd, a CRC on every page, no dictionaries, nothing in the
 * file that depends on time or place. The same rows give the same bytes.
 */
public final class ShardWriter implements Closeable {
  private static final int PAGE_BYTES = 1 << 20;
  private static final int ZSTD_LEVEL = 3;

  private final HashingOutput output;
  private final ParquetWriter<Triplet> writer;
  private long rows;

  private ShardWriter(HashingOutput output, ParquetWriter<Triplet> writer) {
    this.output = output;
    this.writer = writer;
  }

  /**
   * Begins a file in {@code out}, which is closed with it.
   *
   * @param rowGroupBytes a row group ends after the row with which it reaches this size
   */
  public static ShardWriter create(OutputStream out, ShardFormat format, long rowGroupBytes)
      throws IOException {
    HashingOutput output = new HashingOutput(out);
    return new ShardWriter(
        output,
        configure(new Builder(output, new TripletWriteSupport(format)), rowGroupBytes).build());
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

  public void write(Triplet triplet) throws IOException {
    writer.write(triplet);
    rows++;
  }

  /** Closes the file and describes it under the path that it will have in its dataset. */
  public ShardInfo finish(String path, Split split) throws IOException {
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

  private static final class Builder extends ParquetWriter.Builder<Triplet, Builder> {
    private final WriteSupport<Triplet> support;

    Builder(HashingOutput output, WriteSupport<Triplet> support) {
      super(output);
      this.support = support;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Triplet> getWriteSupport(Configuration conf) {
      return support;
    }
  }
}
