package org.trispike.vq;

/** Where the entries of a codebook come from. */
public enum CodebookKind {
  /** Means of clusters of the data. */
  TRAINED,
  /** The fixed points of {@link E8p}, scaled to the data. */
  E8P
}
