package org.trispike.datasets.shard;

import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.Layout;

/** Opens the files of rows, as the collection's layout has them. Not for concurrent use. */
interface Contents {

  /**
   * @param dimension that vectors must have, 0 for any
   * @throws CorruptInputException if any file of the row cannot be used
   */
  Content read(InputRow row, int dimension) throws CorruptInputException;

  static Contents of(Layout layout, SourceFiles files, Limits limits) {
    return switch (layout) {
      case HDF5 -> new ContainedContents(files, limits);
      case OPENSHAPE -> new RecordContents(files, limits);
      default -> new FileContents(files, limits);
    };
  }
}
