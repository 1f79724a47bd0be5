/**
 * Latency and throughput of inference by each path, as ratios in one run. Not tests: {@link
 * org.trispike.spiking.bench.InferenceBench} has a main.
 */
package org.trispike.spiking.bench;
