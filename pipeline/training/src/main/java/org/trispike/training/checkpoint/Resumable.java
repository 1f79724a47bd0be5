package org.trispike.training.checkpoint;

import java.util.Optional;
import org.trispike.training.averaging.ReplicaState;

/**
 * A checkpoint with all that training needs to go on.
 *
 * @param replica the state that replicas start from
 * @param average the moving average of the parameters, flat in the graph's order, if one is kept
 */
public record Resumable(TrainingState state, ReplicaState replica, Optional<float[]> average) {}
