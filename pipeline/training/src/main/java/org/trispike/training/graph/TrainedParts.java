package org.trispike.training.graph;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.trispike.kernels.io.FloatArray;
import org.trispike.training.averaging.VertexRange;

/**
 * A graph's flat parameters by what they mean.
 *
 * @param encoder the encoder's flat vector, in the order of its layout
 * @param textWeight A_t [C, d]
 * @param textBias a_t [C]
 * @param imageWeight A_v [C, d]
 * @param imageBias a_v [C]
 * @param logScale θ = ln σ, not yet clamped
 */
@SuppressWarnings("ArrayRecordComponent") // arrays that are passed through
public record TrainedParts(
    float[] encoder,
    FloatArray textWeight,
    float[] textBias,
    FloatArray imageWeight,
    float[] imageBias,
    float logScale) {

  /** Takes {@code flat}, which has the order of the graph's parameters, apart. */
  public static TrainedParts of(ComputationGraph graph, float[] flat) {
    Map<String, float[]> parts = new LinkedHashMap<>();
    if (graph.params().length() != flat.length) {
      throw new IllegalArgumentException(
          "The graph has " + graph.params().length() + " parameters, the vector " + flat.length);
    }
    for (VertexRange range : VertexRange.of(graph)) {
      parts.put(
          range.vertex().getVertexName(),
          Arrays.copyOfRange(flat, range.start(), range.start() + range.length()));
    }
    int columns = Math.toIntExact(graph.getLayer(AlignmentGraph.TEXT).getParam("W").size(0));
    float[] text = parts.get(AlignmentGraph.TEXT);
    float[] image = parts.get(AlignmentGraph.IMAGE);
    return new TrainedParts(
        parts.get(AlignmentGraph.ENCODER),
        weight(text, columns),
        bias(text, columns),
        weight(image, columns),
        bias(image, columns),
        parts.get(AlignmentGraph.ALIGNMENT)[0]);
  }

  /** DL4J keeps [d, C] column by column, which is [C, d] row by row, then the bias. */
  private static FloatArray weight(float[] layer, int columns) {
    int rows = layer.length / (columns + 1);
    return new FloatArray(new int[] {rows, columns}, Arrays.copyOfRange(layer, 0, rows * columns));
  }

  private static float[] bias(float[] layer, int columns) {
    int rows = layer.length / (columns + 1);
    return Arrays.copyOfRange(layer, rows * columns, layer.length);
  }
}
