/**
 * What training computes on: the setting, the GPU that Spark gave a task, and the compute of
 * either. Knows Spark's resources; a compute for another device joins here.
 */
package org.trispike.training.device;
