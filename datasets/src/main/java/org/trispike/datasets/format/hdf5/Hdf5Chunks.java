package org.trispike.datasets.format.hdf5;

import io.jhdf.ObjectHeader;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.object.message.DataLayoutMessage.ChunkedDataLayoutMessageV4;
import io.jhdf.object.message.FilterPipelineMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import io.jhdf.storage.HdfBackingStorage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * Puts together a dataset that lies in chunks. Filters are undone here, not by jHDF, which would
 * unpack a chunk to whatever size it grows to.
 */
final class Hdf5Chunks {
  private static final int DEFLATE = 1;
  private static final int SHUFFLE = 2;
  private static final int MOST_CHUNKS = 1 << 20;

  private final Source source;
  private final String name;
  private final ChunkedDataset dataset;
  private final ObjectHeader header;
  private final int[] shape;
  private final int[] chunk;
  private final int size;
  private final int chunkBytes;
  private final List<FilterInfo> filters;

  /**
   * @param size of one number, in bytes
   * @param most bytes that the dataset, or a chunk of it, may have
   */
  Hdf5Chunks(
      Source source,
      String name,
      ChunkedDataset dataset,
      ObjectHeader header,
      int[] shape,
      int size,
      long most)
      throws CorruptInputException {
    this.source = source;
    this.name = name;
    this.dataset = dataset;
    this.header = header;
    this.shape = shape;
    this.chunk = dataset.getChunkDimensions();
    this.size = size;
    this.filters = filters();
    source.check(
        shape.length > 0 && chunk.length == shape.length,
        Reason.BAD_HEADER,
        "The chunks of '%s' have another shape",
        name);
    long bytes = size;
    for (int extent : chunk) {
      if (extent <= 0 || bytes * extent > most) {
        throw source.bad(
            Reason.COUNT_OVERFLOW,
            "A chunk of '%s' claims more than the %s bytes there can be",
            name,
            most);
      }
      bytes *= extent;
    }
    this.chunkBytes = (int) bytes;
  }

  private List<FilterInfo> filters() throws CorruptInputException {
    List<FilterInfo> all = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (FilterPipelineMessage message : header.getMessagesOfType(FilterPipelineMessage.class)) {
      for (FilterInfo filter : message.getFilters()) {
        // A filter once only: deflate upon deflate would multiply what may be unpacked.
        boolean known = filter.getId() == DEFLATE || filter.getId() == SHUFFLE;
        source.check(
            known && seen.add(filter.getId()),
            Reason.UNSUPPORTED,
            "'" + name + "' is packed by filter %s; gzip and shuffle, once each, are read",
            filter.getId());
        all.add(filter);
      }
    }
    return all;
  }

  ByteBuffer read(HdfBackingStorage storage) throws CorruptInputException {
    int[] grid = new int[shape.length];
    long chunks = 1;
    long bytes = size;
    for (int d = 0; d < shape.length; d++) {
      grid[d] = (int) (((long) shape[d] + chunk[d] - 1) / chunk[d]);
      chunks *= grid[d];
      bytes *= shape[d];
      source.check(
          chunks <= MOST_CHUNKS,
          Reason.COUNT_OVERFLOW,
          "'" + name + "' lies in more than %s chunks",
          MOST_CHUNKS);
    }
    index(storage);
    byte[] all = new byte[(int) bytes];
    int[] at = new int[shape.length];
    for (int i = 0; i < chunks; i++) {
      int rest = i;
      for (int d = shape.length - 1; d >= 0; d--) {
        at[d] = rest % grid[d] * chunk[d];
        rest /= grid[d];
      }
      place(all, unpack(dataset.getRawChunkBuffer(at)), at);
    }
    return ByteBuffer.wrap(all);
  }

  /** jHDF takes memory by what the later indices declare; a fixed array's is bounded here. */
  private void index(HdfBackingStorage storage) throws CorruptInputException {
    for (ChunkedDataLayoutMessageV4 layout :
        header.getMessagesOfType(ChunkedDataLayoutMessageV4.class)) {
      int type = layout.getIndexingType();
      source.check(
          type <= ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX,
          Reason.UNSUPPORTED,
          "'" + name + "' has chunks by index type %s; types 1 to 3 are read",
          type);
      if (type == ChunkedDataLayoutMessageV4.FIXED_ARRAY_INDEX) {
        long entries = storage.readBufferFromAddress(layout.getAddress(), 16).getLong(8);
        source.check(
            entries >= 0 && entries <= MOST_CHUNKS,
            Reason.COUNT_OVERFLOW,
            "'" + name + "' has an index of %s chunks",
            entries);
      }
    }
  }

  private byte[] unpack(ByteBuffer raw) throws CorruptInputException {
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    for (int i = filters.size() - 1; i >= 0; i--) {
      FilterInfo filter = filters.get(i);
      bytes = filter.getId() == DEFLATE ? inflate(bytes) : unshuffle(bytes, filter.getData());
    }
    source.check(
        bytes.length >= chunkBytes, Reason.TRUNCATED, "A chunk of '%s' is too short", name);
    return bytes;
  }

  private byte[] inflate(byte[] packed) throws CorruptInputException {
    byte[] bytes = new byte[chunkBytes];
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      int length = 0;
      while (length < chunkBytes && !inflater.finished()) {
        int n = inflater.inflate(bytes, length, chunkBytes - length);
        source.check(n > 0 || inflater.finished(), Reason.TRUNCATED, "'%s' is cut off", name);
        length += n;
      }
      boolean exact = length == chunkBytes && inflater.inflate(new byte[1]) == 0;
      source.check(exact, Reason.BAD_HEADER, "A chunk of '%s' unpacks to another size", name);
      return bytes;
    } catch (DataFormatException e) {
      throw source.bad(Reason.CORRUPT_INPUT, "A chunk of '%s' does not unpack: %s", name, e);
    } finally {
      inflater.end();
    }
  }

  /** Byte k of number j lay at k · numbers + j. */
  private byte[] unshuffle(byte[] bytes, int[] settings) throws CorruptInputException {
    int width = settings.length == 1 ? settings[0] : 0;
    boolean fits = width > 0 && bytes.length % width == 0;
    source.check(fits, Reason.BAD_HEADER, "A chunk of '%s' is shuffled by another size", name);
    int count = bytes.length / width;
    byte[] straight = new byte[bytes.length];
    for (int k = 0; k < width; k++) {
      for (int j = 0; j < count; j++) {
        straight[j * width + k] = bytes[k * count + j];
      }
    }
    return straight;
  }

  /** Copies a chunk's runs along the last dimension, leaving out what is beyond the dataset. */
  private void place(byte[] all, byte[] from, int[] at) {
    int last = shape.length - 1;
    int run = Math.min(chunk[last], shape[last] - at[last]) * size;
    int runs = chunkBytes / size / chunk[last];
    for (int r = 0; r < runs; r++) {
      int rest = r;
      long stride = shape[last];
      long to = at[last];
      boolean inside = true;
      for (int d = last - 1; d >= 0; d--) {
        int index = at[d] + rest % chunk[d];
        rest /= chunk[d];
        inside &= index < shape[d];
        to += index * stride;
        stride *= shape[d];
      }
      if (inside) {
        System.arraycopy(from, r * chunk[last] * size, all, (int) (to * size), run);
      }
    }
  }
}
