/**
 * Vector quantization: matrices as packed codes into small codebooks.
 *
 * <p>{@link org.trispike.vq.VqConfigs} names the published configurations, {@link
 * org.trispike.vq.train.Quantizer} makes a {@link org.trispike.vq.VqTensor} of a matrix, {@link
 * org.trispike.vq.oracle.Oracle} computes with it in double precision, and {@link
 * org.trispike.vq.plan.Planner} says how a fused kernel should; {@link
 * org.trispike.vq.cpu.MatrixVectors} multiplies on CPUs. Knows {@code org.trispike.kernels}, the
 * JDK and a compiler of Java text (Janino) alone.
 */
package org.trispike.vq;
