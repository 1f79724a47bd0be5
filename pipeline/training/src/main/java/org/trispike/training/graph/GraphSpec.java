package org.trispike.training.graph;

import java.util.Objects;
import org.trispike.spiking.EncoderSpec;
import org.trispike.training.align.AlignmentSpec;
import org.trispike.training.device.Device;

/**
 * The whole network of pretraining.
 *
 * @param encoder with its output width C, the columns of the shared space
 * @param teacherWidth d, columns of the teacher's vectors, texts and images alike
 * @param start how the projections begin
 * @param device of each replica's compute
 * @param threads of one replica's compute
 * @param seed of the initial parameters
 */
public record GraphSpec(
    EncoderSpec encoder,
    int teacherWidth,
    ProjectionStart start,
    AlignmentSpec alignment,
    OptimizerSpec optimizer,
    Device.Kind device,
    int threads,
    long seed) {
  public GraphSpec {
    Objects.requireNonNull(encoder, "Encoder");
    Objects.requireNonNull(start, "Start of the projections");
    Objects.requireNonNull(alignment, "Alignment");
    Objects.requireNonNull(optimizer, "Optimizer");
    Objects.requireNonNull(device, "Device");
    if (start == ProjectionStart.IDENTITY && encoder.outputWidth() != teacherWidth) {
      throw new IllegalArgumentException(
          "Projections cannot start as the identity: the teacher has "
              + teacherWidth
              + " columns, the encoder "
              + encoder.outputWidth());
    }
  }

  /** On the CPU. */
  public GraphSpec(
      EncoderSpec encoder,
      int teacherWidth,
      ProjectionStart start,
      AlignmentSpec alignment,
      OptimizerSpec optimizer,
      int threads,
      long seed) {
    this(encoder, teacherWidth, start, alignment, optimizer, Device.Kind.CPU, threads, seed);
  }
}
