/**
 * Numbers on flat arrays: the operations that spiking networks are made of, forward and backward.
 *
 * <p>{@link org.trispike.kernels.Compute} is the seam to hardware. Everything above it sees {@link
 * org.trispike.kernels.Tensor}s and never the arrays of one backend. This package knows the JDK
 * alone.
 */
package org.trispike.kernels;
