package org.trispike.training.evaluate;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.geometry.Clouds;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardAction;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.teacher.EmbedAction;
import org.trispike.datasets.teacher.EmbedConfig;
import org.trispike.datasets.teacher.TeacherConfig;
import org.trispike.datasets.teacher.TextSide;
import org.trispike.kernels.KeyedRandom;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.VoxelSpec;
import org.trispike.kernels.io.FloatArray;
import org.trispike.spiking.Activation;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.Attention;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.ModelClass;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.ParameterLayout;
import org.trispike.spiking.ParameterSpec;
import org.trispike.spiking.PointFormerSpec;
import org.trispike.spiking.RepVli;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.TeacherRef;
import org.trispike.training.classes.ClassList;
import org.trispike.training.classes.ClassPrompts;

/**
 * A run folder without training: boxes in a list, a dataset of them with random vectors, and models
 * with random weights.
 */
public final class TinyWorld {
  static final List<String> CATEGORIES = List.of("flat_box", "long_box", "cube");
  static final int SHAPES = 36;
  static final int POINTS = 96;
  private static final int DIMENSION = 6;
  private static final int WIDTH = 5;

  final Path root;
  public final Path run;
  final String teacherId;
  final SpikingModel model;
  final SpikingModel twin;

  public TinyWorld(Path root, SparkSession spark) throws IOException {
    this.root = root;
    this.run = root.resolve("run");
    writeShapes();
    var unused = new ShardAction(spark, ShardConfig.from(config()), Progress.silent()).run();
    DatasetManifest manifest =
        new EmbedAction(spark, EmbedConfig.from(config()), Progress.silent()).run().manifest();
    this.teacherId = manifest.teacher().orElseThrow().id();
    this.model = model(Activation.SPIKING, 3);
    this.twin = model(Activation.RELU, 4);
    model.write(run.resolve("model"));
    neighbours().write(run.resolve("model"));
    twin.write(root.resolve("twin"));
  }

  /** The settings of the run, under others. */
  public Config config(String... others) {
    String own =
        """
        report.examples = 4
        run.dir = "%s"
        data { triplets = "%s", points = %d, views = 0, shard-rows = 9, max-bad-ratio = 0.2 }
        teacher { kind = precomputed, precision = float32, names = "%s", vectors = "%s" }
        """
            .formatted(
                run,
                root.resolve("list.csv"),
                POINTS,
                root.resolve("names.txt"),
                root.resolve("names.npy"));
    return ConfigFactory.parseString(String.join("\n", others))
        .withFallback(ConfigFactory.parseString(own))
        .withFallback(ConfigFactory.load())
        .resolve();
  }

  private void writeShapes() throws IOException {
    StringBuilder list =
        new StringBuilder("shape,text,category,split,text_embedding,image_embedding\n");
    for (int i = 0; i < SHAPES; i++) {
      KeyedRandom random = KeyedRandom.of(i);
      String category = i % 9 == 8 ? "other" : CATEGORIES.get(i % 3);
      float wide = i % 3 == 1 ? 4 : 1;
      float high = i % 3 == 0 ? 0.2f : 1;
      box("s" + i + ".off", wide * random.uniform(0.8, 1.2), high * random.uniform(0.8, 1.2));
      // Every fourth shape shares its text with its neighbour.
      long text = i % 4 == 1 ? i - 1 : i;
      npy("t" + i + ".npy", List.of(gaussian(1000 + text, DIMENSION)));
      npy("v" + i + ".npy", List.of(gaussian(2000 + i, DIMENSION), gaussian(3000 + i, DIMENSION)));
      list.append(
          String.format(
              Locale.ROOT,
              "s%d.off,text %d,%s,%s,t%d.npy,v%d.npy\n",
              i,
              text,
              category,
              i % 2 == 0 ? "train" : "validation",
              i,
              i));
    }
    Files.writeString(root.resolve("list.csv"), list);
    List<String> names = List.of("flat box", "long box", "cube", "die", "plank");
    Files.writeString(root.resolve("names.txt"), String.join("\n", names));
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      vectors.add(gaussian(4000 + i, DIMENSION));
    }
    npy("names.npy", vectors);
  }

  private void box(String name, float wide, float high) throws IOException {
    StringBuilder off = new StringBuilder("OFF\n8 6 0\n");
    for (int corner = 0; corner < 8; corner++) {
      off.append((corner & 1) * wide)
          .append(' ')
          .append((corner >> 1 & 1))
          .append(' ')
          .append((corner >> 2) * high)
          .append('\n');
    }
    off.append("4 0 2 3 1\n4 4 5 7 6\n4 0 1 5 4\n4 2 6 7 3\n4 0 4 6 2\n4 1 3 7 5\n");
    Files.writeString(root.resolve(name), off);
  }

  private void npy(String name, List<float[]> rows) throws IOException {
    int columns = rows.get(0).length;
    String header =
        "{'descr': '<f4', 'fortran_order': False, 'shape': (%d, %d), }\n"
            .formatted(rows.size(), columns);
    ByteBuffer out =
        ByteBuffer.allocate(10 + header.length() + 4 * columns * rows.size())
            .order(ByteOrder.LITTLE_ENDIAN);
    out.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    out.put((byte) 1).put((byte) 0).putShort((short) header.length());
    out.put(header.getBytes(StandardCharsets.US_ASCII));
    rows.forEach(
        row -> {
          for (float value : row) {
            out.putFloat(value);
          }
        });
    Files.write(root.resolve(name), out.array());
  }

  /** One reference a class: boxes without any scatter. */
  private Neighbours neighbours() {
    List<float[]> descriptors = new ArrayList<>();
    for (float[] size : new float[][] {{1, 1, 0.2f}, {4, 1, 1}, {1, 1, 1}}) {
      float[] xyz = new float[3 * 1000];
      float[] rgb = new float[xyz.length];
      java.util.Arrays.fill(rgb, 0.4f);
      KeyedRandom random = KeyedRandom.of(7);
      for (int i = 0; i < xyz.length; i++) {
        xyz[i] = size[i % 3] * random.uniform(-1, 1);
      }
      descriptors.add(ShapeDescriptor.of(Clouds.unitSphere(new PointCloud(xyz, rgb))));
    }
    return Neighbours.of(descriptors, CATEGORIES);
  }

  TextSide texts() {
    return TextSide.precomputed(new Configuration(), TeacherConfig.from(config()), DIMENSION);
  }

  private SpikingModel model(Activation activation, long seed) {
    return model(
        spec("e3dsnn-t", activation),
        seed,
        DIMENSION,
        texts(),
        new TeacherRef(teacherId, "precomputed"));
  }

  /** A model of the run's teacher with another encoder; few and small patches, if it has any. */
  SpikingModel modelOf(String encoder) {
    EncoderSpec spec =
        spec(encoder, Activation.SPIKING)
            .withPointFormer(new PointFormerSpec(10, 6, 1, Attention.PAPER));
    return model(spec, 6, DIMENSION, texts(), new TeacherRef(teacherId, "precomputed"));
  }

  /** A model of the teacher that comes along, whose image tower is nowhere to be found. */
  SpikingModel embeddedModel() {
    TextSide side = TextSide.embedded();
    EncoderSpec spec = spec("e3dsnn-t", Activation.SPIKING);
    return model(spec, 5, side.dimension(), side, new TeacherRef("gone", "embedded"));
  }

  private static EncoderSpec spec(String encoder, Activation activation) {
    VoxelSpec voxels = new VoxelSpec(0.2f, VoxelSpec.Origin.PER_SAMPLE, VoxelSpec.Duplicates.MEAN);
    return new EncoderSpec(encoder, WIDTH, activation, Neuron.svl(4), 1, voxels);
  }

  private static SpikingModel model(
      EncoderSpec spec, long seed, int dimension, TextSide texts, TeacherRef teacher) {
    Encoder encoder = Encoders.create(spec);
    float[] parameters = lively(encoder.layout(), seed);
    Alignment alignment =
        Alignment.of(
            encoder,
            parameters,
            new FloatArray(new int[] {WIDTH, dimension}, gaussian(1, WIDTH * dimension)),
            gaussian(2, WIDTH),
            new FloatArray(new int[] {WIDTH, dimension}, gaussian(3, WIDTH * dimension)),
            gaussian(4, WIDTH),
            10);
    List<ModelClass> classes = ClassPrompts.of(ClassList.ofCategories(CATEGORIES), List.of("{}"));
    return RepVli.fold(
        encoder,
        parameters,
        alignment,
        classes,
        ClassPrompts.embed(classes, texts),
        new ModelPreprocessing(POINTS, true, "auto", 0.4f, 2),
        teacher,
        Map.of());
  }

  /** Parameters under which every layer spikes. */
  private static float[] lively(ParameterLayout layout, long seed) {
    float[] flat = new float[layout.size()];
    for (ParameterSpec spec : layout.parameters()) {
      KeyedRandom random = KeyedRandom.of(seed, KeyedRandom.hash(spec.name()));
      double width = Math.sqrt(6.0 * spec.shape()[spec.shape().length > 1 ? 1 : 0]);
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        flat[i] =
            switch (spec.role()) {
              case WEIGHT -> (float) (random.nextGaussian() / width);
              case BIAS -> random.uniform(0.5, 1.5);
              case STATISTIC -> spec.name().endsWith(".variance") ? 1 : 0;
            };
      }
    }
    return flat;
  }

  static float[] gaussian(long key, int size) {
    KeyedRandom random = KeyedRandom.of(key, 77);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
