/**
 * Parameter averaging over replicas of any DL4J graph: a {@code TrainingMaster} whose rounds are a
 * pure function of their input, whatever the executors and whichever way states come together.
 * Knows nothing of what the graph computes.
 */
package org.trispike.training.averaging;
