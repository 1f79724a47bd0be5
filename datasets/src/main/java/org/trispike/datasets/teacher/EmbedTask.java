package org.trispike.datasets.teacher;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.Caption;
import org.trispike.datasets.shard.Column;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.EncodedImage;
import org.trispike.datasets.shard.FinishedShards;
import org.trispike.datasets.shard.ShardFormat;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.shard.ShardWriter;
import org.trispike.datasets.shard.TeacherInfo;
import org.trispike.datasets.shard.Triplet;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;
import org.trispike.datasets.store.TaskOutput;

/** What an executor does: a shard in, the same shard with vectors out. */
final class EmbedTask implements Function<ShardInfo, ShardInfo> {
  private static final long serialVersionUID = 1;

  private final String dataset;
  private final String output;
  private final long rowGroupBytes;
  private final TeacherInfo info;
  private final TaskOutput target;
  private final SerializableConfiguration hadoop;

  EmbedTask(EmbedConfig config, TeacherInfo info, TaskOutput target, Configuration hadoop) {
    this.dataset = config.dataset();
    this.output = config.output();
    this.rowGroupBytes = config.rowGroupBytes();
    this.info = info;
    this.target = target;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public ShardInfo call(ShardInfo shard) throws IOException {
    Configuration conf = hadoop.value();
    ArtefactFolder folder = ArtefactFolder.of(conf, output, DatasetManifest.FILE);
    long attempt = TaskContext.get().taskAttemptId();
    try (Teacher teacher = Teachers.open(Teachers.folder(conf, output));
        ShardReader reader =
            ShardReader.open(conf, DatasetManifest.path(dataset, shard), Column.all());
        NewFile file = target.create(folder, shard.path(), attempt);
        ShardWriter writer =
            ShardWriter.create(
                file.stream(),
                new ShardFormat(reader.format().points(), Optional.of(info)),
                rowGroupBytes)) {
      Map<String, float[]> known = new HashMap<>();
      for (Triplet triplet : reader) {
        writer.write(
            info.kind().equals(PrecomputedTeacher.KIND)
                ? checked(triplet)
                : embedded(triplet, teacher, known));
      }
      ShardInfo written = writer.finish(shard.path(), shard.split());
      FinishedShards.record(folder, written, new TreeMap<>());
      file.commit();
      return written;
    }
  }

  private static Triplet embedded(Triplet triplet, Teacher teacher, Map<String, float[]> known) {
    List<float[]> texts =
        triplet.texts().stream()
            .map(Caption::text)
            .map(t -> known.computeIfAbsent(t, x -> teacher.embedTexts(List.of(x))[0]))
            .toList();
    List<byte[]> pictures = triplet.images().stream().map(EncodedImage::bytes).toList();
    return triplet.withEmbeddings(Arrays.asList(teacher.embedImages(pictures)), texts);
  }

  /** Vectors that came with the input were checked when they came; here they must be there. */
  private Triplet checked(Triplet triplet) {
    if (triplet.textEmbeddings().isEmpty() && triplet.imageEmbeddings().isEmpty()) {
      throw UserError.data(
          "Row '"
              + triplet.id()
              + "' of "
              + dataset
              + " has no vectors, which teacher.kind = precomputed takes from the input. Nothing"
              + " was published. Name them in text_embedding and image_embedding, or use"
              + " teacher.kind = embedded");
    }
    return triplet;
  }
}
