/**
 * Products of quantized matrices with vectors on CPUs.
 *
 * <p>{@link org.trispike.vq.cpu.MatrixVectors} is the way in: it times what a matrix can be
 * multiplied by, keeps the record, and hands out the fastest. Inner loops are Java text that is
 * written from a {@link org.trispike.vq.plan.Plan} and compiled by Janino when they are needed,
 * with the Vector API or as scalar twin; the loops around them, over codebooks and parts of a
 * split, are plain Java. Text holds numbers of a plan alone, never anything that was read from a
 * file.
 */
package org.trispike.vq.cpu;
