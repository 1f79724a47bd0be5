package org.trispike.spiking;

/**
 * Where a norm's running statistics lie in a flat vector.
 *
 * @param mean [channels]
 * @param variance [channels], of the same channels
 */
public record NormSpec(ParameterSpec mean, ParameterSpec variance) {}
