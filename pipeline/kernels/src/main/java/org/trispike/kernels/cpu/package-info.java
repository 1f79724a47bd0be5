/**
 * The CPU implementation of {@link org.trispike.kernels.Compute}: one class that knows shapes,
 * memory and threads, over inner loops ({@link org.trispike.kernels.cpu.Lanes}) that exist twice,
 * with the Vector API and as scalar twin.
 */
package org.trispike.kernels.cpu;
