package org.trispike.training.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.SafeTensors;

/**
 * The nearest neighbour among labelled training shapes, by {@link ShapeDescriptor}: O(references) a
 * shape.
 *
 * <p>Kept in a model's folder as {@code neighbours.safetensors}: {@code descriptors} [M, {@link
 * ShapeDescriptor#SIZE}], and in the metadata {@code names}, a JSON list of M class names.
 */
public final class Neighbours {
  /** The name of the file. */
  public static final String FILE = "neighbours.safetensors";

  private static final String DESCRIPTORS = "descriptors";
  private static final String NAMES = "names";

  private final float[] descriptors;
  private final List<String> names;

  private Neighbours(float[] descriptors, List<String> names) {
    this.descriptors = descriptors;
    this.names = List.copyOf(names);
  }

  /**
   * @param descriptors of the references
   * @param names of their classes
   */
  public static Neighbours of(List<float[]> descriptors, List<String> names) {
    if (descriptors.size() != names.size()) {
      throw new IllegalArgumentException(
          descriptors.size() + " descriptors have " + names.size() + " names");
    }
    float[] flat = new float[descriptors.size() * ShapeDescriptor.SIZE];
    for (int i = 0; i < names.size(); i++) {
      System.arraycopy(descriptors.get(i), 0, flat, i * ShapeDescriptor.SIZE, ShapeDescriptor.SIZE);
    }
    return new Neighbours(flat, names);
  }

  /** Those of a model folder; none if it has none. */
  public static Optional<Neighbours> read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    SafeTensors tensors = SafeTensors.read(file);
    try {
      FloatArray descriptors = tensors.get(DESCRIPTORS);
      Object names = Json.parse(tensors.metadata().getOrDefault(NAMES, ""));
      List<String> list = ((List<?>) names).stream().map(String::valueOf).toList();
      int[] expected = {list.size(), ShapeDescriptor.SIZE};
      if (!Arrays.equals(descriptors.shape(), expected)) {
        throw new IllegalArgumentException(
            DESCRIPTORS + " are not " + Arrays.toString(expected) + ", one for each name");
      }
      return Optional.of(new Neighbours(descriptors.data(), list));
    } catch (IOException | IllegalArgumentException | ClassCastException e) {
      throw new MalformedFileException(file.toString(), Reason.BAD_FIELD, e.getMessage());
    }
  }

  /** Writes the file whole or not at all. */
  public void write(Path folder) throws IOException {
    FloatArray array = new FloatArray(new int[] {size(), ShapeDescriptor.SIZE}, descriptors);
    SafeTensors.write(
        folder.resolve(FILE), Map.of(DESCRIPTORS, array), Map.of(NAMES, Json.writeCompact(names)));
  }

  /** References. */
  public int size() {
    return names.size();
  }

  /** The classes in the order of their nearest references; equal distances by their order. */
  public List<String> rank(PointCloud cloud) {
    float[] shape = ShapeDescriptor.of(cloud);
    double[] distances = IntStream.range(0, size()).mapToDouble(i -> distance(shape, i)).toArray();
    LinkedHashSet<String> ranked = new LinkedHashSet<>();
    IntStream.range(0, size())
        .boxed()
        .sorted(Comparator.comparingDouble(i -> distances[i]))
        .forEach(i -> ranked.add(names.get(i)));
    return List.copyOf(ranked);
  }

  private double distance(float[] shape, int reference) {
    double square = 0;
    for (int k = 0; k < shape.length; k++) {
      double difference = (double) shape[k] - descriptors[reference * shape.length + k];
      square += difference * difference;
    }
    return square;
  }
}
