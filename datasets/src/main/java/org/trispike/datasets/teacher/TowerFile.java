package org.trispike.datasets.teacher;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.trispike.kernels.io.Sha256;

/**
 * The bytes of {@code image-tower.bin}, little-endian: the int32 number of layers; for each layer
 * its rows and outputs as int32, its weights [rows][outputs] and its biases as float32. The last
 * layer is the linear one.
 */
final class TowerFile {
  private TowerFile() {}

  static byte[] write(ImageTower tower) {
    List<ImageTower.Layer> layers = new ArrayList<>(tower.convolutions());
    layers.add(tower.linear());
    int floats = layers.stream().mapToInt(l -> l.weights().length + l.bias().length).sum();
    ByteBuffer out =
        ByteBuffer.allocate(4 + layers.size() * 8 + floats * 4).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(layers.size());
    for (ImageTower.Layer layer : layers) {
      out.putInt(layer.rows()).putInt(layer.outputs());
      for (float weight : layer.weights()) {
        out.putFloat(weight);
      }
      for (float bias : layer.bias()) {
        out.putFloat(bias);
      }
    }
    return out.array();
  }

  /**
   * @throws IllegalArgumentException if the bytes are none of this format
   */
  static ImageTower read(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int count = in.remaining() < 4 ? 0 : in.getInt();
    List<ImageTower.Layer> layers = new ArrayList<>();
    for (int i = 0; i < count && in.remaining() >= 8; i++) {
      int rows = in.getInt();
      int outputs = in.getInt();
      long floats = ((long) rows + 1) * outputs;
      if (rows < 1 || outputs < 1 || floats > in.remaining() / 4) {
        throw new IllegalArgumentException("Layer " + i + " is larger than its file");
      }
      layers.add(
          new ImageTower.Layer(rows, outputs, floats(in, rows * outputs), floats(in, outputs)));
    }
    if (layers.size() < 2 || layers.size() != count || in.hasRemaining()) {
      throw new IllegalArgumentException("An image tower has " + count + " layers in its file");
    }
    return new ImageTower(layers.subList(0, count - 1), layers.get(count - 1));
  }

  /** Identifies a text encoder together with a tower. */
  static String hash(String textEncoder, ImageTower tower) {
    return Sha256.of(textEncoder + Sha256.of(write(tower)));
  }

  private static float[] floats(ByteBuffer in, int count) {
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = in.getFloat();
    }
    return floats;
  }
}
