package org.trispike.datasets.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** NumPy's .npz: a zip archive of .npy files. What it unpacks to is bounded while it unpacks. */
final class NpzArchive {
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;

  private final Source source;
  private final byte[] bytes;
  private final long mostBytes;
  private final byte[] block = new byte[1 << 13];
  private long unpacked;

  private NpzArchive(Source source, byte[] bytes) {
    this.source = source;
    this.bytes = bytes;
    this.mostBytes =
        Math.min(source.limits().zipBytes(), (long) bytes.length * source.limits().zipRatio());
  }

  /** The arrays of numbers by their names, without .npy; others are left out. */
  static Map<String, NpyArray> read(Source source, byte[] bytes) throws CorruptInputException {
    boolean zip = bytes.length < 2 || (bytes[0] == 'P' && bytes[1] == 'K');
    source.check(zip, Reason.BAD_MAGIC, "It is no .npz file");
    NpzArchive archive = new NpzArchive(source, bytes);
    int claimed = archive.entries();
    return Guard.run(
        source.path(), Reason.CORRUPT_INPUT, "Unpacking", () -> archive.arrays(claimed));
  }

  private Map<String, NpyArray> arrays(int claimed) throws IOException, CorruptInputException {
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    int entries = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries++;
        source.check(
            entries <= source.limits().zipEntries(),
            Reason.TOO_LARGE,
            "It has more than %s entries",
            source.limits().zipEntries());
        byte[] content = unpack(zip);
        if (entry.getName().endsWith(".npy")) {
          add(arrays, entry.getName(), content);
        }
      }
    } catch (EOFException e) {
      throw source.bad(Reason.TRUNCATED, "It ends in entry %s", entries);
    }
    source.check(
        entries == claimed,
        Reason.BAD_HEADER,
        "It has %s entries where its directory has %s",
        entries,
        claimed);
    return arrays;
  }

  private void add(Map<String, NpyArray> arrays, String name, byte[] content)
      throws CorruptInputException {
    try {
      NpyArray array = NpyArray.read(source.path() + "/" + name, content);
      arrays.putIfAbsent(name.substring(0, name.length() - ".npy".length()), array);
    } catch (CorruptInputException e) {
      if (e.reason() != Reason.UNSUPPORTED) {
        throw e;
      }
    }
  }

  private byte[] unpack(ZipInputStream zip) throws IOException, CorruptInputException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int n = zip.read(block); n >= 0; n = zip.read(block)) {
      unpacked += n;
      source.check(
          unpacked <= mostBytes, Reason.TOO_LARGE, "It unpacks to more than %s bytes", mostBytes);
      out.write(block, 0, n);
    }
    return out.toByteArray();
  }

  /** How many entries its directory claims: a file that was cut off has none. */
  private int entries() throws CorruptInputException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int last = bytes.length - END_BYTES;
    for (int at = last; at >= Math.max(0, last - LONGEST_COMMENT); at--) {
      if (in.getInt(at) == END) {
        return in.getShort(at + 10) & 0xFFFF;
      }
    }
    throw source.bad(Reason.TRUNCATED, "It ends before its directory does");
  }
}
