package org.trispike.datasets.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;

/** Text files that the user named, in UTF-8; a byte order mark is fine. */
final class TextFiles {
  private TextFiles() {}

  /**
   * @throws UserError if it is missing, cannot be read, or is not UTF-8
   */
  static String read(Configuration conf, String file) {
    return decode(bytes(conf, file), file);
  }

  static byte[] bytes(Configuration conf, String file) {
    Path path = new Path(file);
    try (InputStream in = ArtefactFolder.fileSystem(conf, path).open(path)) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA, "data.triplets: there is no file " + file + "; nothing was done", e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  static String decode(byte[] bytes, String file) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new UserError(
          UserError.Kind.DATA, file + " is not UTF-8 text; save it as UTF-8 and run again", e);
    }
  }
}
