package org.trispike.kernels.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @TempDir Path folder;

  @Test
  void tensorsRoundTripThroughAFile() throws IOException {
    Map<String, FloatArray> tensors = new LinkedHashMap<>();
    float[] large = new float[50_000];
    for (int i = 0; i < large.length; i++) {
      large[i] = Float.intBitsToFloat(i * 85_899);
    }
    tensors.put("b/größe", new FloatArray(new int[] {100, 500}, large));
    tensors.put("scalar", new FloatArray(new int[0], new float[] {Float.NaN}));
    tensors.put("empty", new FloatArray(new int[] {0, 7}, new float[0]));
    tensors.put("a", FloatArray.vector(-0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY));
    Path file = folder.resolve("t.safetensors");
    SafeTensors.write(file, tensors, Map.of("k", "v \"w\""));

    SafeTensors read = SafeTensors.read(file);
    assertThat(read.metadata()).isEqualTo(Map.of("k", "v \"w\""));
    assertThat(read.tensors().keySet()).containsExactlyElementsOf(tensors.keySet());
    tensors.forEach(
        (name, expected) -> {
          assertThat(read.get(name).shape()).isEqualTo(expected.shape());
          for (int i = 0; i < expected.data().length; i++) {
            assertThat(Float.floatToRawIntBits(read.get(name).data()[i]))
                .isEqualTo(Float.floatToRawIntBits(expected.data()[i]));
          }
        });
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  /** The layout byte by byte, as the format's text has it. */
  @Test
  void bytesAreTheFormats() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SafeTensors.write(out, Map.of("x", FloatArray.vector(1f, -2f)), Map.of(), Map.of());
    String header = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}   ";
    ByteBuffer expected = ByteBuffer.allocate(8 + 56 + 8).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(56).put(header.substring(0, 56).getBytes(StandardCharsets.UTF_8));
    expected.putFloat(1f).putFloat(-2f);
    assertThat(out.toByteArray()).isEqualTo(expected.array());
  }

  @Test
  void bytesRoundTripBehindNumbers() throws IOException {
    Path file = folder.resolve("t.safetensors");
    SafeTensors.write(
        file,
        Map.of("x", FloatArray.vector(1f)),
        Map.of("codes", new ByteArray(new int[] {1, 3}, new byte[] {0, (byte) 255, 7})),
        Map.of());
    SafeTensors read = SafeTensors.read(file);
    assertThat(read.getBytes("codes").shape()).containsExactly(1, 3);
    assertThat(read.getBytes("codes").data()).containsExactly(0, 255, 7);
    assertThat(read.get("x").data()).containsExactly(1f);
    assertThatThrownBy(() -> read.get("codes")).hasMessage("Tensor codes is missing");
  }

  @Test
  void nameOfTwoTensorsIsRefused() {
    assertThatThrownBy(
            () ->
                SafeTensors.write(
                    folder.resolve("t.safetensors"),
                    Map.of("x", FloatArray.vector(1f)),
                    Map.of("x", ByteArray.vector((byte) 1)),
                    Map.of()))
        .hasMessage("A tensor cannot be called x");
  }

  @Test
  void halfPrecisionIsReadExactly() throws IOException {
    // 1, -2, 2^-24 (subnormal), 65504, infinity, from the tables of IEEE 754.
    int[] bits = {0x3c00, 0xc000, 0x0001, 0x7bff, 0x7c00};
    ByteBuffer data = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
    for (int b : bits) {
      data.putShort((short) b);
    }
    byte[] file =
        file("{\"x\":{\"dtype\":\"F16\",\"shape\":[5],\"data_offsets\":[0,10]}}", data.array());
    assertThat(read(file).get("x").data())
        .containsExactly(1f, -2f, 0x1p-24f, 65504f, Float.POSITIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "OVERLAP | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},"
            + "'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | 12",
        "HOLE | {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'b':{'dtype':'F32','shape':[1],'data_offsets':[8,12]}} | 12",
        "HOLE | {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8",
        "HOLE | {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 5",
        "TRUNCATED | {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 7",
        "DUPLICATE_KEY | {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
            + "'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | 4",
        "UNSUPPORTED_TYPE | {'a':{'dtype':'I64','shape':[1],'data_offsets':[0,8]}} | 8",
        "BAD_SHAPE | {'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | 8",
        "BAD_SHAPE | {'a':{'dtype':'U8','shape':[2],'data_offsets':[0,8]}} | 8",
        "BAD_SHAPE | {'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,0]}} | 0",
        "BAD_SHAPE | {'a':{'dtype':'F32','shape':[65536,65536,65536,65536],"
            + "'data_offsets':[0,0]}} | 0",
        "BAD_HEADER | {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | 4",
        "BAD_HEADER | {'a':{'dtype':'F32','shape':[1]}} | 4",
        "BAD_HEADER | {'a':7} | 0",
        "BAD_HEADER | [] | 0",
        "BAD_HEADER | {'__metadata__':{'k':1}} | 0",
        "BAD_HEADER | {'a': | 0"
      })
  void malformedFilesAreRefusedByName(
      MalformedFileException.Reason reason, String header, int dataBytes) {
    assertRefused(reason, file(header.strip().replace('\'', '"'), new byte[dataBytes]));
  }

  @Test
  void lengthsThatLieAreRefusedWithoutAllocating() {
    assertRefused(MalformedFileException.Reason.TRUNCATED, new byte[7]);
    assertRefused(MalformedFileException.Reason.HEADER_TOO_LARGE, withLength(100_000_001L));
    assertRefused(MalformedFileException.Reason.HEADER_TOO_LARGE, withLength(-1L));
    assertRefused(MalformedFileException.Reason.TRUNCATED, withLength(100_000_000L));
  }

  @Test
  void streamShorterThanItsFileSystemSaysIsTruncated() {
    byte[] file =
        file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[4]);
    assertThatThrownBy(() -> SafeTensors.read(new ByteArrayInputStream(file), file.length + 4, "f"))
        .hasMessage("f: ends inside tensor a");
  }

  private static void assertRefused(MalformedFileException.Reason reason, byte[] file) {
    assertThatThrownBy(() -> read(file))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedFileException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e).hasMessageStartingWith("f.safetensors: "));
  }

  private static SafeTensors read(byte[] file) throws IOException {
    return SafeTensors.read(new ByteArrayInputStream(file), file.length, "f.safetensors");
  }

  private static byte[] withLength(long length) {
    return ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
  }

  private static byte[] file(String header, byte[] data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + text.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    return buffer.putLong(text.length).put(text).put(data).array();
  }
}
