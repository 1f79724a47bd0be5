/**
 * The stage {@code evaluate}: what a finished model finds, what it confuses, and what it costs, on
 * a split of a dataset or on a list of shapes. Executors measure fixed units of shapes and the
 * driver adds them up in order, so that no figure depends on how the work was spread.
 */
package org.trispike.training.evaluate;
