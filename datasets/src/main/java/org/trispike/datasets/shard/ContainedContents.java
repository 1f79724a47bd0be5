package org.trispike.datasets.shard;

import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.format.hdf5.Hdf5Clouds;
import org.trispike.datasets.source.InputRow;

/**
 * A cloud that lies with many others in one file, {@code file.h5#17}. The file opened last stays
 * open: the rows of a shard come file by file.
 */
final class ContainedContents implements Contents {
  private final SourceFiles files;
  private final Limits limits;
  private String opened = "";
  private Hdf5Clouds clouds;

  ContainedContents(SourceFiles files, Limits limits) {
    this.files = files;
    this.limits = limits;
  }

  @Override
  public Content read(InputRow row, int dimension) throws CorruptInputException {
    String file = row.container();
    if (!file.equals(opened)) {
      clouds = Hdf5Clouds.open(Source.of(files, file, limits));
      opened = file;
    }
    int index = Integer.parseInt(row.path().substring(file.length() + 1));
    if (index >= clouds.size()) {
      throw new CorruptInputException(
          file, Reason.INDEX_OUT_OF_RANGE, "It has no cloud " + index + " any more");
    }
    return new Content(clouds.cloud(index), FileContents.captions(row), List.of(), List.of());
  }
}
