package org.trispike.spiking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.kernels.io.Sha256;

/**
 * What ties an encoder to its teacher: the maps that training learned beside it. Needed to add
 * classes and for retrieval; not for classification.
 *
 * <p>Kept as {@code alignment.safetensors} with the tensors {@code final.weight} [C, C4], {@code
 * final.bias} [C], {@code text_projection.weight} [C, dT], {@code text_projection.bias} [C], {@code
 * image_projection.weight} [C, dI], {@code image_projection.bias} [C] and {@code logit_scale} [1]
 * (the factor σ itself, not its logarithm).
 *
 * @param finalWeight A_f [C, C4], the encoder's last map
 * @param finalBias b_f [C]
 * @param textWeight A_t [C, dT]
 * @param textBias a_t [C]
 * @param imageWeight A_v [C, dI]
 * @param imageBias a_v [C]
 * @param logitScale σ, positive
 */
public record Alignment(
    FloatArray finalWeight,
    float[] finalBias,
    FloatArray textWeight,
    float[] textBias,
    FloatArray imageWeight,
    float[] imageBias,
    float logitScale) {
  public Alignment {
    int width = finalBias.length;
    checkMap("final", finalWeight, finalBias, width);
    checkMap("text_projection", textWeight, textBias, width);
    checkMap("image_projection", imageWeight, imageBias, width);
    if (!(logitScale > 0) || Float.isInfinite(logitScale)) {
      throw new IllegalArgumentException("Logit scale " + logitScale + " is not positive");
    }
  }

  private static void checkMap(String name, FloatArray weight, float[] bias, int width) {
    if (weight.shape().length != 2 || weight.shape()[0] != width || bias.length != width) {
      throw new IllegalArgumentException(
          name + " does not map to " + width + " columns, as final does");
    }
  }

  /** The encoder's own last map beside the given projections. */
  public static Alignment of(
      Encoder encoder,
      float[] parameters,
      FloatArray textWeight,
      float[] textBias,
      FloatArray imageWeight,
      float[] imageBias,
      float logitScale) {
    ParameterSpec weight = encoder.layout().get("final.weight");
    float[] bias = encoder.layout().get("final.bias").of(parameters);
    FloatArray last = new FloatArray(weight.shape(), weight.of(parameters));
    return new Alignment(last, bias, textWeight, textBias, imageWeight, imageBias, logitScale);
  }

  /** C: columns of the shared space. */
  public int width() {
    return finalBias.length;
  }

  /** W = normalise(A_t e + a_t) of a text or class embedding e [dT]. */
  public float[] classVector(float[] textEmbedding) {
    return Vectors.normalize(Vectors.affine(textWeight, textBias, textEmbedding));
  }

  /** Tells what {@link #classVector} makes of embeddings from what any other alignment would. */
  public String projectionId() {
    float[] weight = textWeight.data();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * (weight.length + textBias.length));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(weight).put(textBias);
    return Sha256.of(bytes.array());
  }

  /** normalise(A_v v + a_v) of an image embedding v [dI]. */
  public float[] imageVector(float[] imageEmbedding) {
    return Vectors.normalize(Vectors.affine(imageWeight, imageBias, imageEmbedding));
  }

  /** The encoder's output z = A_f m + b_f of pooled membranes m [C4]. */
  public float[] output(float[] pooled) {
    return Vectors.affine(finalWeight, finalBias, pooled);
  }

  /** z / |z|: what is compared with text and image vectors by scalar product. */
  public float[] embed(float[] pooled) {
    return Vectors.normalize(output(pooled));
  }

  /** Writes {@code file} whole or not at all. */
  public void write(Path file) throws IOException {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    tensors.put("final.weight", finalWeight);
    tensors.put("final.bias", FloatArray.vector(finalBias));
    tensors.put("text_projection.weight", textWeight);
    tensors.put("text_projection.bias", FloatArray.vector(textBias));
    tensors.put("image_projection.weight", imageWeight);
    tensors.put("image_projection.bias", FloatArray.vector(imageBias));
    tensors.put("logit_scale", FloatArray.vector(logitScale));
    SafeTensors.write(file, tensors, Map.of());
  }

  /** Reads what {@link #write} wrote. */
  public static Alignment read(Path file) throws IOException {
    SafeTensors tensors = SafeTensors.read(file);
    try {
      FloatArray scale = tensors.get("logit_scale");
      scale.checkShape("logit_scale", 1);
      return new Alignment(
          tensors.get("final.weight"),
          tensors.get("final.bias").data(),
          tensors.get("text_projection.weight"),
          tensors.get("text_projection.bias").data(),
          tensors.get("image_projection.weight"),
          tensors.get("image_projection.bias").data(),
          scale.data()[0]);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(
          file.toString(), MalformedFileException.Reason.BAD_FIELD, e.getMessage());
    }
  }
}
