package org.trispike.datasets.shard;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.trispike.datasets.Split;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;

/**
 * Writes rows into one Parquet file, in which nothing depends on time or place: the same rows give
 * the same bytes.
 */
public final class ShardWriter<R extends Row> implements Closeable {
  private final HashingOutput output;
  private final RowGroupWriter<R> writer;
  private long rows;

  private ShardWriter(HashingOutput output, RowGroupWriter<R> writer) {
    this.output = output;
    this.writer = writer;
  }

  /**
   * Begins a file in {@code out}, which is closed with it.
   *
   * @param rowGroupBytes a row group ends where another row might take it beyond this size
   */
  public static <R extends Row> ShardWriter<R> create(
      OutputStream out, RowKind<R> kind, ShardFormat format, long rowGroupBytes)
      throws IOException {
    HashingOutput output = new HashingOutput(out);
    return new ShardWriter<>(
        output, new RowGroupWriter<>(output, new RowWriteSupport<>(kind, format), rowGroupBytes));
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
        writer.groups().stream().map(block -> Math.toIntExact(block.getRowCount())).toList();
    return new ShardInfo(path, split, rows, output.bytes(), output.sha256(), groups);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
