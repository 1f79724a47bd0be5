package org.trispike.datasets.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text files in UTF-8. */
public final class Utf8 {
  private Utf8() {}

  /** All text of a file, without a byte order mark. */
  public static String read(Source source) throws CorruptInputException {
    return decode(source, source.bytes());
  }

  static String decode(Source source, byte[] bytes) throws CorruptInputException {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new CorruptInputException(source.path(), Reason.BAD_ROW, "It is no UTF-8 text", e);
    }
  }
}
