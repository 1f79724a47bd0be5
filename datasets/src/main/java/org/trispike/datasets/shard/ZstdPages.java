package org.trispike.datasets.shard;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Unpacks the pages of a shard in one call each. Parquet's own codec sends them through a stream,
 * and takes as much memory as a page's header claims, which no CRC covers; here a claim that the
 * packed bytes cannot keep is refused. Not for concurrent use.
 */
final class ZstdPages implements CompressionCodecFactory {
  /** A block of zstd is at most 128 KiB and takes four bytes, if it repeats one. */
  private static final long BLOCK_BYTES = 1 << 17;

  private static final int LEAST_BLOCK = 4;

  @Override
  public CodecFactory.BytesCompressor getCompressor(CompressionCodecName codec) {
    throw new UnsupportedOperationException("Parquet packs the pages that it writes");
  }

  @Override
  public CodecFactory.BytesDecompressor getDecompressor(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Pages are packed by " + codec + ", not by zstd");
    }
    return new Decompressor();
  }

  @Override
  public void release() {}

  private static final class Decompressor extends CodecFactory.BytesDecompressor {
    @Override
    public BytesInput decompress(BytesInput packed, int size) throws IOException {
      int length = Math.toIntExact(packed.size());
      // Unlike toByteBuffer(), without a copy.
      ByteBuffer in = packed.toInputStream().slice(length);
      return BytesInput.from(
          in.hasArray()
              ? page(in.array(), in.arrayOffset() + in.position(), length, size)
              : page(packed.toByteArray(), 0, length, size));
    }

    @Override
    public void decompress(ByteBuffer in, int packedSize, ByteBuffer out, int size)
        throws IOException {
      byte[] packed = new byte[packedSize];
      in.get(packed);
      out.put(page(packed, 0, packedSize, size));
    }

    /** The page of {@code size} bytes, as its header claims, which has no CRC. */
    private static byte[] page(byte[] packed, int at, int length, int size) throws IOException {
      if (size < 0 || size > (length / LEAST_BLOCK + 1) * BLOCK_BYTES) {
        throw new IOException(length + " packed bytes cannot be a page of " + size);
      }
      byte[] page = new byte[size];
      long bytes;
      try {
        bytes = Zstd.decompressByteArray(page, 0, size, packed, at, length);
      } catch (ZstdException e) {
        throw new IOException("A page cannot be unpacked: " + e.getMessage(), e);
      }
      if (bytes != size) {
        throw new IOException("A page has " + bytes + " bytes, its header says " + size);
      }
      return page;
    }

    @Override
    public void release() {}
  }
}
