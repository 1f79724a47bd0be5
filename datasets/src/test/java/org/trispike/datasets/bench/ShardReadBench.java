package org.trispike.datasets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.ShardReader;

/** Clouds out of a shard, against the same clouds out of lists of floats in Parquet. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ShardReadBench {
  private final Configuration conf = new Configuration();
  private java.nio.file.Path folder;
  private Path shard;
  private Path lists;

  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("trispike-bench");
    shard = new Path(folder.resolve("shard.parquet").toString());
    lists = new Path(folder.resolve("lists.parquet").toString());
    List<Triplet> rows = BenchRows.make();
    BenchRows.write(folder.resolve("shard.parquet"), rows);
    ListShard.write(conf, lists, rows);
  }

  @TearDown
  public void delete() throws IOException {
    for (Path file : List.of(shard, lists)) {
      file.getFileSystem(conf).delete(file, false);
    }
    Files.delete(folder);
  }

  @Benchmark
  public long shard() {
    long points = 0;
    try (ShardReader<Triplet> reader = ShardReader.open(conf, shard, Set.of(Column.POINTS))) {
      for (Triplet row : reader) {
        points += row.points().points();
      }
    }
    return points;
  }

  @Benchmark
  public long baseline() throws IOException {
    return ListShard.read(conf, lists);
  }
}
