package org.trispike.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NpyMatrixTest {

  /** Bytes as numpy.save writes them, version 1.0. */
  private static byte[] npy(String shape, float... values) {
    String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': " + shape + ", }";
    int length = (10 + dictionary.length() + 1 + 63) / 64 * 64;
    ByteBuffer out = ByteBuffer.allocate(length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
    out.putShort((short) (length - 10));
    out.put(dictionary.getBytes(StandardCharsets.US_ASCII));
    while (out.position() < length - 1) {
      out.put((byte) ' ');
    }
    out.put((byte) '\n');
    for (float value : values) {
      out.putFloat(value);
    }
    return out.array();
  }

  @Test
  void aMatrixIsItsRows() {
    List<float[]> rows = NpyMatrix.read(npy("(2, 3)", 1, 2, 3, 4, 5, 6));
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0)).containsExactly(1, 2, 3);
    assertThat(rows.get(1)).containsExactly(4, 5, 6);
  }

  @Test
  void aVectorIsOneRow() {
    assertThat(NpyMatrix.read(npy("(3,)", 7, 8, 9)).get(0)).containsExactly(7, 8, 9);
  }

  @Test
  void whatIsNoneSaysWhy() {
    assertThatThrownBy(() -> NpyMatrix.read(npy("(1, 1, 2)", 1, 2)))
        .hasMessage("It is no vector and no matrix");
    assertThatThrownBy(() -> NpyMatrix.read(npy("(2, 0)")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NpyMatrix.read(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("It is no .npy file");
    assertThatThrownBy(() -> NpyMatrix.read(npy("(9, 9)", 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
