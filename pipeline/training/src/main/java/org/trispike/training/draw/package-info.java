/**
 * What a training step sees of a dataset, as a pure function of (seed, epoch, id): the order of
 * samples, the caption and picture drawn for each, and its augmentations. Executors, partitions and
 * retries have no part in it.
 */
package org.trispike.training.draw;
