/**
 * Rates of the kernels, each as a share of what the machine was measured to do in the same run. Not
 * tests: {@link org.trispike.kernels.bench.KernelBench} has a main.
 */
package org.trispike.kernels.bench;
