/**
 * The verb bench: what the kernels and a training step reach on this machine, each figure beside
 * what it is measured against in the same run.
 */
package org.trispike.jobs.bench;
