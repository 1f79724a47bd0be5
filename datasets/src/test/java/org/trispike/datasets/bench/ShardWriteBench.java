package org.trispike.datasets.bench;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.Triplet;

/**
 * Clouds into a shard (packed, compressed, with CRC and SHA-256, into a file), against zstd and a
 * copy of bytes that are packed already.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ShardWriteBench {
  private static final int LEVEL = 3;
  private static final int PAGE_ROWS = 12;

  private List<Triplet> rows;
  private Path path;

  /** About a page of packed points each. */
  private byte[][] pages;

  private byte[] copy;
  private byte[] compressed;

  @Setup
  public void make() throws IOException {
    path = Files.createTempFile("trispike-bench", ".parquet");
    rows = BenchRows.make();
    int packed = (int) (BenchRows.BYTES / BenchRows.ROWS);
    pages = new byte[(rows.size() + PAGE_ROWS - 1) / PAGE_ROWS][];
    for (int p = 0; p < pages.length; p++) {
      List<Triplet> some = rows.subList(p * PAGE_ROWS, Math.min((p + 1) * PAGE_ROWS, rows.size()));
      pages[p] = new byte[some.size() * packed];
      for (int i = 0; i < some.size(); i++) {
        byte[] points = PointLayout.QUANTISED.pack(some.get(i).points());
        System.arraycopy(points, 0, pages[p], i * packed, packed);
      }
    }
    copy = new byte[PAGE_ROWS * packed];
    compressed = new byte[(int) Zstd.compressBound(copy.length)];
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(path);
  }

  @Benchmark
  public void shard() throws IOException {
    BenchRows.write(path, rows);
  }

  @Benchmark
  public long baseline() {
    long bytes = 0;
    for (byte[] page : pages) {
      System.arraycopy(page, 0, copy, 0, page.length);
      bytes +=
          Zstd.compressByteArray(compressed, 0, compressed.length, copy, 0, page.length, LEVEL);
    }
    return bytes;
  }
}
