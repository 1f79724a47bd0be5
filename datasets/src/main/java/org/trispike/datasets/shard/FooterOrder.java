package org.trispike.datasets.shard;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Puts the encodings of each column in a Parquet footer into the order of their numbers. Parquet
 * writes them in the order of a hash set of enum constants, which is another in another JVM, so
 * that the same rows would not give the same bytes.
 */
final class FooterOrder {
  /** The length of the footer, and the magic bytes of Parquet. */
  private static final int TRAILER = 8;

  private FooterOrder() {}

  /**
   * The same end of a file, of the same length.
   *
   * @param end the last bytes of a Parquet file, at least its footer
   */
  static byte[] sorted(byte[] end) throws IOException {
    int trailer = end.length - TRAILER;
    int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer);
    int start = trailer - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(end, start, length));
    for (RowGroup group : footer.getRow_groups()) {
      for (ColumnChunk column : group.getColumns()) {
        List<Encoding> encodings = new ArrayList<>(column.getMeta_data().getEncodings());
        Collections.sort(encodings);
        column.getMeta_data().setEncodings(encodings);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(end.length);
    out.write(end, 0, start);
    Util.writeFileMetaData(footer, out);
    if (out.size() != trailer) {
      throw new IllegalStateException(
          "A footer of " + length + " bytes became one of " + (out.size() - start));
    }
    out.write(end, trailer, TRAILER);
    return out.toByteArray();
  }
}
