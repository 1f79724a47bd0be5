package org.trispike.datasets.shard;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.source.BadRow;
import org.trispike.datasets.source.HadoopFiles;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.RecordingFiles;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;
import org.trispike.datasets.store.TaskOutput;

/** What an executor does: the rows of a shard become its file, one row in memory at a time. */
final class ShardTask implements Function<ShardPlan, ShardOutcome> {
  private static final long serialVersionUID = 1;

  private final ShardConfig config;

  /** Whose vectors the rows bring along, or null. */
  private final TeacherInfo teacher;

  private final TaskOutput output;
  private final SerializableConfiguration hadoop;

  ShardTask(ShardConfig config, ShardFormat format, TaskOutput output, Configuration hadoop) {
    this.config = config;
    this.teacher = format.teacher().orElse(null);
    this.output = output;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public ShardOutcome call(ShardPlan plan) throws IOException {
    RecordingFiles files = new RecordingFiles(new HadoopFiles(hadoop.value(), config.root()));
    return shard(plan, RowMaker.of(config, files, teacher == null ? 0 : teacher.dimension()));
  }

  private <R extends Row> ShardOutcome shard(ShardPlan plan, RowMaker<R> maker) throws IOException {
    Configuration conf = hadoop.value();
    ArtefactFolder folder = ArtefactFolder.of(conf, config.output(), DatasetManifest.FILE);
    long attempt = TaskContext.get().taskAttemptId();
    ShardFormat format =
        new ShardFormat(maker.kind(), config.pointLayout(), Optional.ofNullable(teacher));
    List<BadRow> bad = new ArrayList<>();
    TreeMap<String, Long> categories = new TreeMap<>();
    long start = System.nanoTime();
    ShardInfo shard;
    try (NewFile file = output.create(folder, plan.path(), attempt);
        ShardWriter<R> writer =
            ShardWriter.create(file.stream(), maker.kind(), format, config.rowGroupBytes())) {
      for (InputRow input : plan.rows()) {
        try {
          R row = maker.make(input);
          writer.write(row);
          categories.merge(row.category(), 1L, Long::sum);
        } catch (CorruptInputException e) {
          bad.add(bad(input, e));
        }
      }
      shard = writer.finish(plan.path(), plan.split());
      if (shard.rows() > 0) {
        if (bad.isEmpty()) {
          FinishedShards.record(folder, shard, categories);
        }
        file.commit();
      }
    }
    ShardRates pictures = maker.pictures();
    long nanos = System.nanoTime() - start - pictures.pictureNanos() - pictures.viewNanos();
    ShardRates rates = pictures.merge(ShardRates.rows(shard.rows(), nanos));
    return new ShardOutcome(shard.rows() > 0 ? shard : null, bad, categories, rates);
  }

  private BadRow bad(InputRow row, CorruptInputException e) {
    BadRow bad = new BadRow(e.file(), row.line(), row.id(), e.reason().name(), e.getMessage());
    if (config.onBadRow() == OnBadRow.FAIL) {
      throw UserError.data(
          config.collection().name()
              + ", line "
              + row.line()
              + ": "
              + bad.reason()
              + " in "
              + bad.file()
              + ": "
              + bad.message()
              + ". No dataset was published. Repair or remove the row and run again, or set"
              + " data.on-bad-row=quarantine");
    }
    return bad;
  }
}
