package org.trispike.kernels.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MappedTensorsTest {
  private static final int ROWS = 37;
  private static final int COLUMNS = 5;

  @TempDir private Path folder;
  private final float[] numbers = new float[ROWS * COLUMNS];
  private Path file;

  @BeforeEach
  void write() throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) Math.sin(i);
    }
    Map<String, FloatArray> matrices = new LinkedHashMap<>();
    matrices.put("full", new FloatArray(new int[] {ROWS, COLUMNS}, numbers));
    matrices.put("half", new FloatArray(new int[] {ROWS, COLUMNS}, numbers));
    matrices.put("line", FloatArray.vector(1));
    file = folder.resolve("a.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      SafeTensors.write(
          out,
          matrices,
          Set.of("half"),
          Map.of("bytes", ByteArray.vector((byte) 1, (byte) -2, (byte) 3)),
          Map.of("k", "v"));
    }
  }

  /** 20 bytes are one row, 47 two of floats and four of halves: mappings end inside the matrix. */
  @ParameterizedTest
  @ValueSource(ints = {20, 47, 100, 1 << 30})
  void rowsAreThoseThatWereWritten(int mapping) throws IOException {
    MappedTensors mapped = MappedTensors.open(file, mapping);
    MappedMatrix full = mapped.matrix("full");
    MappedMatrix half = mapped.matrix("half");
    float[] row = new float[COLUMNS];
    assertThat(full.rows()).isEqualTo(ROWS);
    assertThat(half.columns()).isEqualTo(COLUMNS);
    for (int r = 0; r < ROWS; r++) {
      float[] expected = Arrays.copyOfRange(numbers, r * COLUMNS, (r + 1) * COLUMNS);
      full.row(r, row);
      assertThat(row).isEqualTo(expected);
      half.row(r, row);
      for (int c = 0; c < COLUMNS; c++) {
        assertThat(row[c]).isEqualTo(Half.toFloat(Half.of(expected[c])));
      }
    }
    assertThat(mapped.bytes("bytes"))
        .isEqualTo(ByteBuffer.wrap(new byte[] {(byte) 1, (byte) -2, (byte) 3}));
    assertThat(mapped.metadata()).isEqualTo(Map.of("k", "v"));
  }

  @Test
  void halvesAreReadBackByTheOtherReaderToo() throws IOException {
    float[] read = SafeTensors.read(file).get("half").data();
    assertThat(read[7]).isEqualTo(Half.toFloat(Half.of(numbers[7])));
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    MappedTensors mapped = MappedTensors.open(file);
    assertThatThrownBy(() -> mapped.matrix("none"))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(file + ": tensor none is missing");
    assertThatThrownBy(() -> mapped.matrix("line"))
        .hasMessage(file + ": tensor line is no matrix of numbers");
    assertThatThrownBy(() -> mapped.bytes("full")).hasMessage(file + ": tensor full is not U8");
  }

  @Test
  void aFileThatEndsEarlyIsRefusedBeforeAnythingIsMapped() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.safetensors");
    Files.write(cut, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> MappedTensors.open(cut))
        .isInstanceOfSatisfying(
            MalformedFileException.class,
            e -> assertThat(e.reason()).isEqualTo(MalformedFileException.Reason.TRUNCATED));
    Files.write(cut, Arrays.copyOf(whole, 5));
    assertThatThrownBy(() -> MappedTensors.open(cut))
        .hasMessage(cut + ": has 5 bytes, fewer than a header's length");
  }
}
