package org.trispike.datasets.format.event;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Guard;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** How the packets of an AEDAT4 file are packed. The order is that of its numbers. */
enum Aedat4Packing {
  NONE,
  LZ4,
  LZ4_HIGH,
  ZSTD,
  ZSTD_HIGH;

  /** What a small packet may always unpack to, whatever its ratio. */
  private static final long SMALL_BYTES = 1 << 20;

  /** Room below the longest array, so that sums of lengths do not overflow. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 1024;

  static Aedat4Packing of(Source source, int number) throws CorruptInputException {
    source.check(
        number >= 0 && number < values().length,
        Reason.UNSUPPORTED,
        "Its packets are packed in way %s",
        number);
    return values()[number];
  }

  /** What the packet [from, to) holds. */
  byte[] unpack(Source source, byte[] bytes, int from, int to) throws CorruptInputException {
    Limits limits = source.limits();
    long byRatio = Math.max(SMALL_BYTES, (long) limits.zipRatio() * (to - from));
    int most = (int) Math.min(MOST_BYTES, Math.min(byRatio, limits.zipBytes()));
    return switch (this) {
      case NONE -> Arrays.copyOfRange(bytes, from, to);
      case LZ4, LZ4_HIGH -> Lz4Frame.unpack(source, bytes, from, to, most);
      case ZSTD, ZSTD_HIGH -> zstd(source, bytes, from, to, most);
    };
  }

  private static byte[] zstd(Source source, byte[] bytes, int from, int to, int most)
      throws CorruptInputException {
    byte[] out =
        Guard.run(
            source.path(),
            Reason.CORRUPT_INPUT,
            "Unpacking ZSTD",
            () -> {
              ByteArrayInputStream packed = new ByteArrayInputStream(bytes, from, to - from);
              try (InputStream in = new ZstdInputStream(packed)) {
                return in.readNBytes(most + 1);
              }
            });
    source.check(out.length <= most, Reason.TOO_LARGE, "It unpacks to more than %s bytes", most);
    return out;
  }
}
