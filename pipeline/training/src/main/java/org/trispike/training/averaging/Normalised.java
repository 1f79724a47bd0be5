package org.trispike.training.averaging;

import java.util.List;

/** A part of a graph that keeps running statistics of norms among its parameters. */
public interface Normalised {

  /** Where they lie in the part's own flat parameters. */
  List<NormRange> norms();

  /** Rows that the last training step's statistics were taken over, e.g. points or voxels. */
  long rows();
}
