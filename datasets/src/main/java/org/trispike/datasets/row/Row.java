package org.trispike.datasets.row;

import java.util.List;
import org.trispike.datasets.Split;

/** A row of a dataset, of whatever kind. */
public sealed interface Row permits Triplet, Recording, Scene, Picture {
  /** Unique in the dataset. */
  String id();

  /** The path of its main file, relative to the root of the input. */
  String source();

  /** The label, or "" where it has none, or more than one can tell. */
  String category();

  Split split();

  /** The files that it was made from; none where the reader was not asked for them. */
  List<SourceFile> files();
}
