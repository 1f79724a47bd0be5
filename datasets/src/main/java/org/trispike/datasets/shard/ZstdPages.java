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
 * Zstandard over whole pages. Parquet's own codec sends each page through a stream, which copies it
 * through a window and takes tables for megabytes even where a page has ten bytes; a page in memory
 * needs one call. The format is the same, and either reads what the other wrote. Not for concurrent
 * use.
 */
final class ZstdPages implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  /** A block of zstd is at most 128 KiB and takes four bytes, if it repeats one. */
  private static final long BLOCK_BYTES = 1 << 17;

  private static final int LEAST_BLOCK = 4;

  @Override
  public CodecFactory.BytesCompressor getCompressor(CompressionCodecName codec) {
    check(codec);
    return new Compressor();
  }

  @Override
  public CodecFactory.BytesDecompressor getDecompressor(CompressionCodecName codec) {
    check(codec);
    return new Decompressor();
  }

  private static void check(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Pages are packed by " + codec + ", not by zstd");
    }
  }

  @Override
  public void release() {}

  private static final class Compressor extends CodecFactory.BytesCompressor {
    /** Kept, since Parquet copies what it is given before it asks for the next page. */
    private byte[] packed = new byte[0];

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
      byte[] bytes = page.toByteArray();
      int most = Math.toIntExact(Zstd.compressBound(bytes.length));
      if (packed.length < most) {
        packed = new byte[most];
      }
      long size = Zstd.compressByteArray(packed, 0, packed.length, bytes, 0, bytes.length, LEVEL);
      return BytesInput.from(packed, 0, (int) size);
    }

    @Override
    public CompressionCodecName getCodecName() {
      return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
      packed = new byte[0];
    }
  }

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
