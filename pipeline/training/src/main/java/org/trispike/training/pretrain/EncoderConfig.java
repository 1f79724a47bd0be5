package org.trispike.training.pretrain;

import com.typesafe.config.Config;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.UserError;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.VoxelSpec;
import org.trispike.spiking.Activation;
import org.trispike.spiking.Attention;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.spiking.PointFormerSpec;

/** The group {@code encoder} of the configuration. */
public final class EncoderConfig {
  private EncoderConfig() {}

  /** The encoder; its output width is 0 where the teacher is to decide it. */
  public static EncoderSpec from(Config root) {
    Config config = root.getConfig("encoder");
    String name = config.getString("name");
    if (!Encoders.names().contains(name)) {
      throw UserError.usage(
          "encoder.name is one of " + String.join(", ", Encoders.names()) + "; not '" + name + "'");
    }
    Activation activation = ConfigWords.read(root, "encoder.activation", Activation.class);
    try {
      return new EncoderSpec(
          name,
          config.getInt("output-width"),
          activation,
          new Neuron(
              config.getInt("levels"),
              (float) config.getDouble("decay"),
              ConfigWords.read(root, "encoder.rounding", Neuron.Rounding.class),
              ConfigWords.read(root, "encoder.window", Neuron.Window.class),
              false),
          // The twin has no time: one switch makes it of any encoder.
          activation == Activation.RELU ? 1 : config.getInt("steps"),
          new VoxelSpec(
              (float) config.getDouble("voxel-size"),
              ConfigWords.read(root, "encoder.origin", VoxelSpec.Origin.class),
              ConfigWords.read(root, "encoder.duplicates", VoxelSpec.Duplicates.class)),
          new PointFormerSpec(
              config.getInt("groups"),
              config.getInt("neighbours"),
              config.getInt("depth"),
              ConfigWords.read(root, "encoder.attention", Attention.class)));
    } catch (IllegalArgumentException e) {
      throw new UserError(UserError.Kind.USAGE, "encoder: " + e.getMessage(), e);
    }
  }
}
