package org.trispike.datasets.shard;

import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.RecordingFiles;

/** Makes rows of one kind of what a collection lists; one a task. */
interface RowMaker<R extends Row> {
  RowKind<R> kind();

  /** What rows are made of. */
  RecordingFiles files();

  /**
   * Makes a row of its files, which may be out of reach.
   *
   * @throws CorruptInputException if any of them cannot be used
   */
  R read(InputRow row) throws CorruptInputException;

  /**
   * @throws CorruptInputException if any file of the row cannot be used
   * @throws UserError if the store of the files cannot be reached, which is no fault of the row
   */
  default R make(InputRow row) throws CorruptInputException {
    try {
      R made = read(row);
      files().checkReached();
      return made;
    } catch (CorruptInputException e) {
      files().checkReached();
      throw e;
    }
  }

  /** What pictures beside the rows took so far, of which the rows' own time is free. */
  default ShardRates pictures() {
    return ShardRates.NONE;
  }

  /**
   * The maker for a layout.
   *
   * @param dimension of the vectors that rows bring along, 0 if they bring none
   */
  static RowMaker<? extends Row> of(ShardConfig config, RecordingFiles files, int dimension) {
    RowKind<?> kind = config.layout().kind();
    if (kind == RowKind.TRIPLET) {
      return new TripletMaker(config, files, dimension);
    } else if (kind == RowKind.RECORDING) {
      return new RecordingMaker(config, files);
    } else if (kind == RowKind.SCENE) {
      return new SceneMaker(files, config.limits());
    }
    return new PictureMaker(files, config.limits());
  }
}
