package org.trispike.datasets.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
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
      byte[] bytes = bytes(files, path, limits);
      try {
        var unused = Images.decode(bytes, limits);
      } catch (CorruptInputException e) {
        throw new CorruptInputException(path, e.reason(), e.getMessage());
      }
      images.add(new EncodedImage(path, bytes));
    }
    return images;
  }

  private static byte[] bytes(SourceFiles files, String path, Limits limits)
      throws CorruptInputException {
    try {
      return files.read(path, limits.fileBytes());
    } catch (FileNotFoundException e) {
      throw new CorruptInputException(path, Reason.MISSING, "There is no such file");
    } catch (IOException e) {
      throw new CorruptInputException(path, Reason.CORRUPT_INPUT, e.getMessage());
    }
  }
}
