package org.trispike.training.graph;

/** How the projections of the teacher's vectors begin. */
public enum ProjectionStart {
  /** Uniform in ±1/√d, as torch's linear layers, which SVL uses. */
  RANDOM,
  /** As the identity, which keeps the teacher's geometry; needs the encoder's width to be d. */
  IDENTITY
}
