package org.trispike.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.spiking.Alignment;
import org.trispike.spiking.Encoder;
import org.trispike.spiking.EncoderSpec;
import org.trispike.spiking.Encoders;
import org.trispike.training.graph.EncoderSpecs;
import org.trispike.training.graph.TrainedParts;

/**
 * A trained encoder and its projections: what later stages read of a checkpoint. With a moving
 * average these are the averaged weights.
 *
 * @param folder where it was read, or is to be written
 * @param encoderParameters flat, in the order of the encoder's layout
 * @param textWeight A_t [C, d]
 * @param textBias a_t [C]
 * @param imageWeight A_v [C, d]
 * @param imageBias a_v [C]
 * @param logitScale σ
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that are passed through
public record Checkpoint(
    String folder,
    TrainingState state,
    EncoderSpec spec,
    float[] encoderParameters,
    FloatArray textWeight,
    float[] textBias,
    FloatArray imageWeight,
    float[] imageBias,
    float logitScale) {

  /** Of what a graph has learned; σ is clamped as the loss does it. */
  public static Checkpoint of(
      String folder, TrainingState state, TrainedParts parts, double maximalScale) {
    return new Checkpoint(
        folder,
        state,
        EncoderSpecs.of(state.encoder()),
        parts.encoder(),
        parts.textWeight(),
        parts.textBias(),
        parts.imageWeight(),
        parts.imageBias(),
        (float) Math.min(Math.exp(parts.logScale()), maximalScale));
  }

  /** The maps between the encoder's space and the teacher's. */
  public Alignment alignment() {
    return Alignment.of(
        encoder(), encoderParameters, textWeight, textBias, imageWeight, imageBias, logitScale);
  }

  /** The encoder itself, without its parameters. */
  public Encoder encoder() {
    return Encoders.create(spec);
  }

  Map<String, FloatArray> tensors() {
    Map<String, FloatArray> tensors =
        new LinkedHashMap<>(encoder().layout().named(encoderParameters));
    tensors.put("text_projection.weight", textWeight);
    tensors.put("text_projection.bias", FloatArray.vector(textBias));
    tensors.put("image_projection.weight", imageWeight);
    tensors.put("image_projection.bias", FloatArray.vector(imageBias));
    tensors.put("logit_scale", FloatArray.vector(logitScale));
    return tensors;
  }

  /** Throws IllegalArgumentException, naming the tensor, if one is missing or of another shape. */
  static Checkpoint of(String folder, TrainingState state, SafeTensors tensors) {
    EncoderSpec spec = EncoderSpecs.of(state.encoder());
    return new Checkpoint(
        folder,
        state,
        spec,
        Encoders.create(spec).layout().flat(tensors.tensors()),
        tensors.get("text_projection.weight"),
        tensors.get("text_projection.bias").data(),
        tensors.get("image_projection.weight"),
        tensors.get("image_projection.bias").data(),
        tensors.get("logit_scale").data()[0]);
  }
}
