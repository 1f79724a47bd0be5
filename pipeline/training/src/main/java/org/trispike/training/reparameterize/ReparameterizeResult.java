package org.trispike.training.reparameterize;

/**
 * A model that was made.
 *
 * @param directory of the model
 * @param classes it names
 * @param parameters that inference reads
 * @param neighbours labelled shapes of the baseline beside it
 */
public record ReparameterizeResult(String directory, int classes, int parameters, int neighbours) {}
