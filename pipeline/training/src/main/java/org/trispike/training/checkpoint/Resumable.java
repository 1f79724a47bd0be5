package org.trispike.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.training.averaging.AveragingState;
import org.trispike.training.averaging.ReplicaState;

/**
 * A checkpoint with all that training needs to go on.
 *
 * @param replica the state that replicas start from
 * @param average the moving average of the parameters, flat in the graph's order, if one is kept
 * @param averaging what averaging carries beside the replicas' state
 */
public record Resumable(
    TrainingState state,
    ReplicaState replica,
    Optional<float[]> average,
    AveragingState averaging) {
  private static final String PARAMETERS = "parameters";
  private static final String UPDATER = "updater";
  private static final String AVERAGE = "average";
  private static final String MOMENTS = "moments.";
  private static final String VELOCITY = "velocity";

  Map<String, FloatArray> tensors() {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    put(tensors, PARAMETERS, replica.parameters());
    put(tensors, UPDATER, replica.updater());
    average.ifPresent(values -> put(tensors, AVERAGE, values));
    List<float[]> moments = averaging.moments();
    for (int w = 0; w < moments.size(); w++) {
      put(tensors, MOMENTS + w, moments.get(w));
    }
    averaging.velocity().ifPresent(values -> put(tensors, VELOCITY, values));
    return tensors;
  }

  /** Throws IllegalArgumentException, naming the tensor, if one is missing. */
  static Resumable of(TrainingState state, SafeTensors tensors) {
    List<float[]> moments =
        Stream.iterate(0, w -> w + 1)
            .map(w -> optional(tensors, MOMENTS + w))
            .takeWhile(Optional::isPresent)
            .map(Optional::orElseThrow)
            .toList();
    return new Resumable(
        state,
        new ReplicaState(
            tensors.get(PARAMETERS).data(),
            tensors.get(UPDATER).data(),
            state.steps(),
            state.round()),
        optional(tensors, AVERAGE),
        new AveragingState(moments, optional(tensors, VELOCITY)));
  }

  private static void put(Map<String, FloatArray> tensors, String name, float[] values) {
    tensors.put(name, FloatArray.vector(values));
  }

  private static Optional<float[]> optional(SafeTensors tensors, String name) {
    return Optional.ofNullable(tensors.tensors().get(name)).map(FloatArray::data);
  }
}
