package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages against Parquet's own codec. */
final class ZstdPagesTest {
  private static final CompressionCodecName ZSTD = CompressionCodecName.ZSTD;

  private final ZstdPages ours = new ZstdPages();
  private final CodecFactory parquets = new CodecFactory(new Configuration(false), 1 << 20);

  /** Half of it repeats, half of it does not. */
  private static byte[] page(int size) {
    byte[] page = new byte[size];
    new SplittableRandom(size).nextBytes(page);
    Arrays.fill(page, size / 2, size, (byte) 7);
    return page;
  }

  private byte[] packed(byte[] page) throws IOException {
    return parquets.getCompressor(ZSTD).compress(BytesInput.from(page)).toByteArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 4000, 2_000_000})
  void readsWhatParquetPacked(int size) throws IOException {
    BytesInput packed = BytesInput.from(packed(page(size)));
    assertThat(ours.getDecompressor(ZSTD).decompress(packed, size).toByteArray())
        .isEqualTo(page(size));
  }

  @Test
  void bytesMayLieAnywhere() throws IOException {
    byte[] page = page(1000);
    byte[] packed = packed(page);
    ByteBuffer within = ByteBuffer.allocate(packed.length + 9).position(5).put(packed).flip();
    within.position(5);
    ByteBuffer direct = ByteBuffer.allocateDirect(packed.length).put(packed).flip();
    List<BytesInput> inputs =
        List.of(
            BytesInput.from(within),
            BytesInput.from(direct.duplicate()),
            BytesInput.from(
                ByteBuffer.wrap(packed, 0, 9), ByteBuffer.wrap(packed, 9, packed.length - 9)));
    for (BytesInput input : inputs) {
      assertThat(ours.getDecompressor(ZSTD).decompress(input, 1000).toByteArray()).isEqualTo(page);
    }
    ByteBuffer out = ByteBuffer.allocateDirect(1000);
    ours.getDecompressor(ZSTD).decompress(direct, packed.length, out, 1000);
    assertThat(out.flip()).isEqualTo(ByteBuffer.wrap(page));
  }

  /** Headers of pages have no CRC: what they claim is checked before memory is taken. */
  @Test
  void pagesThatCannotBeAreRefused() throws IOException {
    BytesInput packed = BytesInput.from(packed(page(100)));
    CodecFactory.BytesDecompressor decompressor = ours.getDecompressor(ZSTD);
    for (int size : new int[] {-1, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> decompressor.decompress(packed, size))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("cannot be a page of " + size);
    }
    assertThatThrownBy(() -> decompressor.decompress(packed, 101))
        .hasMessage("A page has 100 bytes, its header says 101");
    assertThatThrownBy(() -> decompressor.decompress(packed, 99))
        .hasMessageStartingWith("A page cannot be unpacked: ");
    assertThatThrownBy(() -> ours.getDecompressor(CompressionCodecName.GZIP))
        .hasMessage("Pages are packed by GZIP, not by zstd");
  }
}
