package org.trispike.datasets.teacher;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.FinishedShards;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.shard.ShardWriter;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;
import org.trispike.datasets.store.TaskOutput;

/** What an executor does: a shard in, the same shard with vectors out. */
final class EmbedTask implements Function<ShardInfo, ShardInfo> {
  private static final long serialVersionUID = 1;

  /** Rows that the teacher sees at once, so that it can fill its batches. */
  private static final int ROWS = 16;

  private final String dataset;
  private final String output;
  private final long rowGroupBytes;
  private final TeacherConfig config;
  private final TeacherInfo info;
  private final TaskOutput target;
  private final SerializableConfiguration hadoop;

  EmbedTask(EmbedConfig config, TeacherInfo info, TaskOutput target, Configuration hadoop) {
    this.dataset = config.dataset();
    this.output = config.output();
    this.rowGroupBytes = config.rowGroupBytes();
    this.config = config.teacher();
    this.info = info;
    this.target = target;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public ShardInfo call(ShardInfo shard) throws IOException {
    Configuration conf = hadoop.value();
    ArtefactFolder folder = ArtefactFolder.of(conf, output, DatasetManifest.FILE);
    long attempt = TaskContext.get().taskAttemptId();
    try (Teacher teacher = Teachers.open(conf, output + "/" + Teachers.FOLDER, config);
        ShardReader<Triplet> reader =
            ShardReader.open(conf, DatasetManifest.path(dataset, shard), Column.all());
        NewFile file = target.create(folder, shard.path(), attempt);
        ShardWriter<Triplet> writer =
            ShardWriter.create(
                file.stream(),
                RowKind.TRIPLET,
                new ShardFormat(reader.format().points(), Optional.of(info)),
                rowGroupBytes)) {
      Map<String, float[]> known = new HashMap<>();
      List<Triplet> rows = new ArrayList<>();
      for (Triplet triplet : reader) {
        if (rows.size() == ROWS) {
          embed(rows, teacher, known, writer);
          rows.clear();
        }
        rows.add(triplet);
      }
      embed(rows, teacher, known, writer);
      ShardInfo written = writer.finish(shard.path(), shard.split());
      FinishedShards.record(folder, written, new TreeMap<>());
      file.commit();
      return written;
    }
  }

  private void embed(
      List<Triplet> rows, Teacher teacher, Map<String, float[]> known, ShardWriter<Triplet> writer)
      throws IOException {
    if (info.kind().equals(PrecomputedTeacher.KIND)) {
      for (Triplet row : rows) {
        writer.write(checked(row));
      }
      return;
    }
    List<String> texts =
        rows.stream()
            .flatMap(row -> row.texts().stream())
            .map(Caption::text)
            .distinct()
            .filter(text -> !known.containsKey(text))
            .toList();
    float[][] fresh = teacher.embedTexts(texts);
    for (int i = 0; i < fresh.length; i++) {
      known.put(texts.get(i), fresh[i]);
    }
    List<byte[]> pictures =
        rows.stream().flatMap(row -> row.images().stream()).map(EncodedImage::bytes).toList();
    Iterator<float[]> images = Arrays.asList(teacher.embedImages(pictures)).iterator();
    for (Triplet row : rows) {
      writer.write(
          row.withEmbeddings(
              row.images().stream().map(image -> images.next()).toList(),
              row.texts().stream().map(text -> known.get(text.text())).toList()));
    }
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
