package org.trispike.training.evaluate;

import java.io.Serializable;
import org.trispike.spiking.Weights;

/**
 * What is measured, and how.
 *
 * @param model with the asked classes
 * @param twin with the same ones, or null
 * @param rotations views of a shape
 * @param weights of the model's layers that see spikes
 * @param examples kept of each kind
 * @param seed keys which
 * @param retrieval whether vectors are wanted
 * @param bank whose names are ranked, or null
 */
record Subject(
    ModelFiles model,
    ModelFiles twin,
    int rotations,
    Weights weights,
    int examples,
    long seed,
    boolean retrieval,
    Vocabulary bank)
    implements Serializable {}
