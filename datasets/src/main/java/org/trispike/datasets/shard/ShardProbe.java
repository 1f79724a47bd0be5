package org.trispike.datasets.shard;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.source.HadoopFiles;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.InputTable;
import org.trispike.datasets.source.RecordingFiles;
import org.trispike.kernels.KeyedPermutation;

/**
 * Estimates a run of {@link ShardAction} by doing a little of it: a keyed draw of rows is read,
 * sampled, rendered and written to nowhere, again and again while that still gets faster, since the
 * first passes pay for starting up.
 */
public final class ShardProbe {
  private static final int ROWS = 32;

  /** That of a shard that goes nowhere. */
  private static final String PATH = "shards/train-00000.parquet";

  /**
   * No further row, and no further pass, begins after this time: a plan is not to be waited for.
   */
  private static final long NANOS = 5_000_000_000L;

  /** A pass that takes more than this of the fastest before it is the last. */
  private static final double GAIN = 0.9;

  private final Configuration hadoop;
  private final ShardConfig config;
  private final ShardFormat format;

  private ShardProbe(Configuration hadoop, ShardConfig config, ShardFormat format) {
    this.hadoop = hadoop;
    this.config = config;
    this.format = format;
  }

  /**
   * @throws UserError if vectors that the rows name cannot be read
   */
  public static ShardEstimate estimate(Configuration hadoop, ShardConfig config, InputTable table) {
    ShardFormat format =
        new ShardFormat(
            config.layout().kind(),
            config.pointLayout(),
            InputVectors.find(hadoop, config, table.rows()));
    List<ShardPlan> plans = ShardPlan.of(table.rows(), config.shardRows(), config.seed());
    try {
      return new ShardProbe(hadoop, config, format)
          .run(table.rows(), plans.stream().map(plan -> plan.rows().size()).toList());
    } catch (IOException e) {
      throw UserError.environment("Cannot reach " + config.root() + ": " + e.getMessage(), e);
    }
  }

  private ShardEstimate run(List<InputRow> rows, List<Integer> shardRows) throws IOException {
    KeyedPermutation order = new KeyedPermutation(rows.size(), config.seed());
    List<InputRow> drawn = new ArrayList<>();
    for (int i = 0; i < Math.min(ROWS, rows.size()); i++) {
      drawn.add(rows.get((int) order.apply(i)));
    }
    Pass pass = fastest(drawn);
    int usable = pass.rows - pass.bad;
    return new ShardEstimate(
        shardRows,
        pass.rows,
        pass.bad,
        pass.fault,
        usable == 0 ? 0 : (double) pass.bytes / usable,
        usable == 0 ? 0 : pass.nanos * 1e-9 / usable,
        config.rowGroupBytes());
  }

  private Pass fastest(List<InputRow> drawn) throws IOException {
    long start = System.nanoTime();
    Pass fastest = pass(drawn);
    List<InputRow> same = drawn.subList(0, fastest.rows);
    boolean gains;
    do {
      Pass next = pass(same);
      gains = next.rows == same.size() && next.nanos < GAIN * fastest.nanos;
      fastest = next.rows == same.size() && next.nanos < fastest.nanos ? next : fastest;
    } while (gains && System.nanoTime() - start < NANOS);
    return fastest;
  }

  private record Pass(int rows, int bad, String fault, long bytes, long nanos) {}

  private Pass pass(List<InputRow> rows) throws IOException {
    RecordingFiles files = new RecordingFiles(new HadoopFiles(hadoop, config.root()));
    int dimension = format.teacher().map(TeacherInfo::dimension).orElse(0);
    return pass(rows, RowMaker.of(config, files, dimension));
  }

  private <R extends Row> Pass pass(List<InputRow> rows, RowMaker<R> maker) throws IOException {
    long start = System.nanoTime();
    int done = 0;
    int bad = 0;
    String fault = "";
    try (ShardWriter<R> writer =
        ShardWriter.create(
            OutputStream.nullOutputStream(), maker.kind(), format, config.rowGroupBytes())) {
      for (InputRow row : rows) {
        if (done > 0 && System.nanoTime() - start > NANOS) {
          break;
        }
        done++;
        try {
          writer.write(maker.make(row));
        } catch (CorruptInputException e) {
          bad++;
          fault = fault.isEmpty() ? e.toString() : fault;
        }
      }
      long bytes = writer.finish(PATH, Split.TRAIN).bytes();
      return new Pass(done, bad, fault, bytes, System.nanoTime() - start);
    }
  }
}
