package org.trispike.spiking;

import java.util.Objects;
import org.trispike.kernels.Neuron;
import org.trispike.kernels.VoxelSpec;

/**
 * Everything that determines an encoder's function but its parameters.
 *
 * @param name one of {@link Encoders#names()}
 * @param outputWidth columns of the output
 * @param activation the neuron, or ReLU for the non-spiking twin
 * @param neuron its levels D, decay, rounding and gradient window; ignored by the twin
 * @param steps T real time steps, 1 for the twin
 * @param voxels how points become voxels; ignored by encoders of points
 * @param pointFormer patches and depth; ignored by all others
 */
public record EncoderSpec(
    String name,
    int outputWidth,
    Activation activation,
    Neuron neuron,
    int steps,
    VoxelSpec voxels,
    PointFormerSpec pointFormer) {
  public EncoderSpec {
    Objects.requireNonNull(name, "Name of the encoder");
    Objects.requireNonNull(activation, "Activation");
    Objects.requireNonNull(neuron, "Neuron");
    Objects.requireNonNull(voxels, "Voxels");
    Objects.requireNonNull(pointFormer, "PointFormer");
    if (outputWidth < 0) {
      throw new IllegalArgumentException("Output width " + outputWidth + " is negative");
    }
    if (steps < 1) {
      throw new IllegalArgumentException("An encoder needs at least 1 time step, not " + steps);
    }
    if (activation == Activation.RELU && steps != 1) {
      throw new IllegalArgumentException(
          "An encoder without neurons has 1 time step, not " + steps);
    }
  }

  /** With the PointFormer of SVL, if it is one. */
  public EncoderSpec(
      String name,
      int outputWidth,
      Activation activation,
      Neuron neuron,
      int steps,
      VoxelSpec voxels) {
    this(name, outputWidth, activation, neuron, steps, voxels, PointFormerSpec.standard());
  }

  /** SVL's setting: one step of four levels, voxels of 0.02 per sample, merged by mean. */
  public static EncoderSpec standard(String name, int outputWidth) {
    return new EncoderSpec(
        name, outputWidth, Activation.SPIKING, Neuron.svl(4), 1, VoxelSpec.standard());
  }

  /** The same encoder with ReLU in the place of the neuron. */
  public EncoderSpec twin() {
    return new EncoderSpec(name, outputWidth, Activation.RELU, neuron, 1, voxels, pointFormer);
  }

  public EncoderSpec withOutputWidth(int width) {
    return new EncoderSpec(name, width, activation, neuron, steps, voxels, pointFormer);
  }

  public EncoderSpec withPointFormer(PointFormerSpec other) {
    return new EncoderSpec(name, outputWidth, activation, neuron, steps, voxels, other);
  }

  /** Whether a layer behind an activation sees integers. */
  boolean spiking() {
    return activation == Activation.SPIKING;
  }
}
