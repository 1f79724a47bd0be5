/**
 * Those who listen to a training: Spark's metrics system, MLflow, and what the cluster itself
 * tells. The training knows only {@code RoundListener}; none of them can change or fail a run.
 */
package org.trispike.training.observe;
