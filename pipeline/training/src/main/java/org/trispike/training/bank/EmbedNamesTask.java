package org.trispike.training.bank;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.TaskOutput;
import org.trispike.datasets.teacher.TeacherConfig;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.kernels.io.FloatArray;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.classes.ClassList;
import org.trispike.training.classes.ClassPrompts;
import org.trispike.training.evaluate.ModelFiles;
import org.trispike.training.evaluate.TextSides;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankVectors;

/** What an executor does: names in, a part of a bank out. */
final class EmbedNamesTask implements Function<EmbedNamesTask.Slice, BankPart> {
  private static final long serialVersionUID = 1;

  private final Broadcast<ModelFiles> model;
  private final TeacherConfig teacher;
  private final String dataset;
  private final String output;
  private final boolean half;
  private final List<String> templates;
  private final TaskOutput target;
  private final SerializableConfiguration hadoop;

  /** The names of one part. */
  record Slice(int number, List<String> names) implements Serializable {}

  EmbedNamesTask(
      BankConfig config,
      List<String> templates,
      Broadcast<ModelFiles> model,
      TaskOutput target,
      Configuration hadoop) {
    this.model = model;
    this.teacher = config.teacher();
    this.dataset = config.dataset();
    this.output = config.output();
    this.half = config.precision() == Precision.FLOAT16;
    this.templates = templates;
    this.target = target;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public BankPart call(Slice slice) throws IOException {
    ArtefactFolder folder = ArtefactFolder.of(hadoop.value(), output, BankManifest.FILE);
    String vectors = BankPart.vectors(slice.number());
    String names = BankPart.names(slice.number());
    long attempt = TaskContext.get().taskAttemptId();
    Optional<BankFile> finished = BankStore.finished(folder, vectors);
    BankFile rows;
    if (finished.isPresent()) {
      rows = finished.get();
    } else {
      FloatArray embedded = embed(slice.names());
      rows =
          BankStore.write(
              target.create(folder, vectors, attempt),
              vectors,
              out -> BankVectors.write(out, embedded, half, Optional.empty()));
    }
    byte[] text = (String.join("\n", slice.names()) + "\n").getBytes(StandardCharsets.UTF_8);
    BankFile lines =
        BankStore.write(target.create(folder, names, attempt), names, out -> out.write(text));
    return new BankPart(slice.names().size(), rows, lines);
  }

  /** Class vectors, as {@code reparameterize} would fold them. */
  private FloatArray embed(List<String> names) {
    SpikingModel read = model.value().model();
    Alignment alignment = read.alignment().orElseThrow();
    float[] rows = new float[Math.multiplyExact(names.size(), alignment.width())];
    try (TextSide texts = new TextSides(hadoop.value(), teacher, dataset).of(model.value(), read)) {
      List<ModelClass> classes = ClassPrompts.of(ClassList.ofNames(names), templates);
      List<float[]> embeddings = ClassPrompts.embed(classes, texts);
      for (int i = 0; i < names.size(); i++) {
        float[] row = alignment.classVector(embeddings.get(i));
        System.arraycopy(row, 0, rows, i * row.length, row.length);
      }
    }
    return new FloatArray(new int[] {names.size(), alignment.width()}, rows);
  }
}
