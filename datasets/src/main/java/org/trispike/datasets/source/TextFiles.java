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
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.store.ArtefactFolder;

/** Text files that the user named, in UTF-8; a byte order mark is fine. */
final class TextFiles {
  /** What stands for bytes that are no text. */
  static final String REPLACEMENT = "\uFFFD";

  private TextFiles() {}

  /**
   * @throws UserError if it is missing, cannot be read, is too large, or is not UTF-8
   */
  static String read(Configuration conf, String file, Limits limits) {
    return decode(bytes(conf, file, limits), file);
  }

  static byte[] bytes(Configuration conf, String file, Limits limits) {
    Path path = new Path(file);
    int most = (int) Math.min(limits.fileBytes(), Integer.MAX_VALUE - 8);
    try (InputStream in = ArtefactFolder.fileSystem(conf, path).open(path)) {
      byte[] bytes = in.readNBytes(most);
      if (in.read() >= 0) {
        throw UserError.data(
            file + " has more than data.limits.file-bytes = " + most + " bytes; nothing was done");
      }
      return bytes;
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA, "data.triplets: there is no file " + file + "; nothing was done", e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The text of bytes of which some may not be UTF-8: {@link #REPLACEMENT} stands for them. */
  static String repaired(byte[] bytes) {
    return withoutMark(new String(bytes, StandardCharsets.UTF_8));
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static String decode(byte[] bytes, String file) {
    try {
      return withoutMark(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      throw new UserError(
          UserError.Kind.DATA, file + " is not UTF-8 text; save it as UTF-8 and run again", e);
    }
  }
}
