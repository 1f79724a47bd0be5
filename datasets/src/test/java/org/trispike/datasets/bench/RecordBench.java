package org.trispike.datasets.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.pickle.OpenShapeRecord;
import org.trispike.datasets.format.pickle.OpenShapeText;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.shard.ShardWriter;

/**
 * What training reads of a row, clouds and vectors, out of a shard; against OpenShape's pickled
 * records of the same, as our reader of pickles takes them. Python's own is timed elsewhere:
 * docs/scale.md.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBench {
  private static final long ROW_GROUP_BYTES = 1 << 23;

  @Param("")
  public String records;

  private final Configuration conf = new Configuration();
  private List<Path> files;
  private Path shard;

  static int count(String records) {
    return files(records).size();
  }

  private static List<Path> files(String records) {
    try (Stream<Path> all = Files.list(Path.of(records))) {
      return all.filter(file -> file.toString().endsWith(".npy")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Setup
  public void write() throws IOException, CorruptInputException {
    files = files(records);
    shard = Files.createTempFile("trispike-bench", ".parquet");
    int dimension = read(files.get(0)).thumbnailFeature().length;
    ShardFormat format =
        new ShardFormat(
            PointLayout.QUANTISED,
            Optional.of(
                new TeacherInfo("precomputed", "precomputed", dimension, Precision.FLOAT32)));
    try (OutputStream out = Files.newOutputStream(shard);
        ShardWriter<Triplet> writer =
            ShardWriter.create(out, RowKind.TRIPLET, format, ROW_GROUP_BYTES)) {
      for (Path file : files) {
        writer.write(triplet(read(file)));
      }
    }
  }

  private static Triplet triplet(OpenShapeRecord record) {
    List<float[]> images = new ArrayList<>(record.imageFeatures());
    images.add(record.thumbnailFeature());
    List<OpenShapeText> texts = new ArrayList<>(record.texts());
    texts.add(record.blipCaption());
    texts.add(record.msftCaption());
    texts.addAll(record.retrievalTexts());
    return new Triplet(
        record.id(),
        record.id(),
        record.group(),
        Split.TRAIN,
        Optional.of(record.cloud()),
        List.<EncodedImage>of(),
        texts.stream().map(text -> new Caption(text.text(), Caption.TEXT)).toList(),
        images,
        texts.stream().map(OpenShapeText::original).toList(),
        List.of());
  }

  private static OpenShapeRecord read(Path file) throws IOException, CorruptInputException {
    return OpenShapeRecord.read(Source.local(file, Limits.defaults()));
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(shard);
  }

  @Benchmark
  public long shard() {
    long points = 0;
    try (ShardReader<Triplet> reader =
        ShardReader.open(
            conf, new org.apache.hadoop.fs.Path(shard.toString()), Column.forTraining())) {
      for (Triplet row : reader) {
        points += row.points().points();
      }
    }
    return points;
  }

  @Benchmark
  public long baseline() throws IOException, CorruptInputException {
    long points = 0;
    for (Path file : files) {
      points += read(file).cloud().points();
    }
    return points;
  }
}
