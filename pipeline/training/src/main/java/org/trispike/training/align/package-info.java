/**
 * The alignment loss of pretraining as plain arithmetic on arrays of doubles, with its gradients
 * written by hand. Knows neither DL4J nor Spark, so that finite differences can check it directly.
 */
package org.trispike.training.align;
