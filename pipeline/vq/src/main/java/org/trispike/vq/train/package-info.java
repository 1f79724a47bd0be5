/**
 * From a matrix to codes: k-means for trained codebooks, scales for the lattice, residual rounds,
 * rotation, and the loss of inner-product search. {@link org.trispike.vq.train.Quantizer} is the
 * way in. Everything drawn is keyed by a seed, so the same matrix gives the same codes.
 */
package org.trispike.vq.train;
