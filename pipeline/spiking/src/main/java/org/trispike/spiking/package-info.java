/**
 * Spiking 3D networks: encoders with hand-written forward and backward passes, their folded form
 * for deployment (Rep-VLI), the inference runtime, and the energy they would need.
 *
 * <p>What runs on a robot is this package, {@code org.trispike.kernels} and, for banks of names,
 * {@code org.trispike.vq}; it knows nothing else but the JDK. {@link org.trispike.spiking.Encoders}
 * is the way in for training, {@link org.trispike.spiking.SpikingModel} for inference.
 */
package org.trispike.spiking;
