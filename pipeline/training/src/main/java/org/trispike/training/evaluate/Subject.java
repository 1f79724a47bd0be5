package org.trispike.training.evaluate;

import java.io.Serializable;

/**
 * What is measured, and how.
 *
 * @param model with the asked classes
 * @param twin with the same ones, or null
 * @param rotations views of a shape
 * @param examples kept of each kind
 * @param seed keys which
 * @param retrieval whether vectors are wanted
 */
record Subject(
    ModelFiles model, ModelFiles twin, int rotations, int examples, long seed, boolean retrieval)
    implements Serializable {}
