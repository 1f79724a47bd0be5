package org.trispike.datasets.shard;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.row.EncodedImage;

/** Reads pictures as the bytes of their files, and decodes each once to see that it is one. */
final class PictureFiles {
  private PictureFiles() {}

  /**
   * @throws CorruptInputException if one is missing or no picture
   */
  static List<EncodedImage> read(SourceFiles files, List<String> paths, Limits limits)
      throws CorruptInputException {
    List<EncodedImage> images = new ArrayList<>();
    for (String path : paths) {
      byte[] bytes = Source.of(files, path, limits).bytes();
      var unused = Images.decode(path, bytes, limits);
      images.add(new EncodedImage(path, bytes));
    }
    return images;
  }
}
