package org.trispike.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.trispike.kernels.io.ByteArray;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.vq.oracle.Oracle;

class VqFileTest {
  @TempDir Path folder;

  static Iterable<VqConfig> presets() {
    return VqConfigs.all();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void everyPresetRoundTrips(VqConfig config) throws IOException {
    VqTensor tensor = Matrices.drawn(config, 13, 27, 7);
    Path file = folder.resolve("a.vq.safetensors");
    new VqFile(tensor, Map.of("made by", "a test")).write(file);

    VqFile read = VqFile.read(file);
    assertThat(read.provenance()).isEqualTo(Map.of("made by", "a test"));
    assertThat(read.tensor().config()).isEqualTo(config);
    assertThat(read.tensor().rows()).isEqualTo(13);
    assertThat(read.tensor().columns()).isEqualTo(27);
    assertThat(read.tensor().codes().bytes()).isEqualTo(tensor.codes().bytes());
    assertThat(Oracle.dequantize(read.tensor())).isEqualTo(Oracle.dequantize(tensor));
  }

  @Test
  void rotationIsKept() throws IOException {
    VqTensor plain = Matrices.drawn(VqConfigs.PQ4, 3, 4, 1);
    float[] swap = {0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1};
    VqTensor rotated =
        new VqTensor(
            plain.config(),
            3,
            4,
            plain.codebooks(),
            plain.codes(),
            new FloatArray(new int[] {4, 4}, swap));
    Path file = folder.resolve("a.vq.safetensors");
    new VqFile(rotated, Map.of()).write(file);
    assertThat(VqFile.read(file).tensor().rotation().orElseThrow().data()).isEqualTo(swap);
  }

  /** Bytes of version 1: a file that this version wrote has to be read by every later one. */
  @Test
  void bytesOfVersionOneAreFixed() throws IOException {
    VqTensor tensor =
        new VqTensor(
            VqConfig.trained("tiny", 2, 1, 1, CodebookScope.tensor()),
            1,
            4,
            new TrainedCodebooks(
                new FloatArray(new int[] {1, 1, 2, 2}, new float[] {1, 2, -1, -2})),
            PackedCodes.of(1, 2, new byte[] {2}),
            null);
    Path file = folder.resolve("a.vq.safetensors");
    new VqFile(tensor, Map.of("k", "v")).write(file);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains(
            "{\"__metadata__\":{\"trispike-vq\":\"{\\\"format_version\\\":1,\\\"name\\\":\\\"tiny\\\","
                + "\\\"vector_length\\\":2,\\\"index_bits\\\":1,\\\"rounds\\\":1,"
                + "\\\"scope_rows\\\":null,\\\"scope_columns\\\":null,\\\"kind\\\":\\\"trained\\\","
                + "\\\"rows\\\":1,\\\"columns\\\":4,\\\"provenance\\\":{\\\"k\\\":\\\"v\\\"}}\"},"
                + "\"codebooks\":{\"dtype\":\"F32\",\"shape\":[1,1,2,2],\"data_offsets\":[0,16]},"
                + "\"codes\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[16,17]}}");
    assertThat(Oracle.dequantize(VqFile.read(file).tensor())).containsExactly(1, 2, -1, -2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'format_version':1 | 'format_version':2 | UNKNOWN_VERSION | is 2, known is 1",
        "'rounds':1         | 'rounds':0         | BAD_FIELD       | 0 rounds are outside",
        "'rounds':1         | 'rounds':2         | BAD_FIELD       | do not take 2 bytes",
        "'rows':2           | 'rows':2000000000  | BAD_FIELD       | do not take 2 bytes",
        "'rows':2           | 'rows':-2          | BAD_FIELD       | do not take 2 bytes",
        "'columns':8        | 'columns':'x'      | BAD_FIELD       | columns is not an integer",
        "'kind':'trained'   | 'kind':'e8p'       | BAD_FIELD       | E8P is VQ<8, 16, z>",
        "'scope_columns':4  | 'scope_columns':6  | BAD_FIELD       | cuts vectors of 4",
        "'scope_columns':4  | 'scope_columns':8  | BAD_FIELD       | 2 codebooks of 1 rounds, not 1",
        "'index_bits':4     | 'index_bits':2     | BAD_FIELD       | do not take 2 bytes",
        "'provenance':{}    | 'provenance':[]    | BAD_FIELD       | provenance is not an object",
        "'rows':2           | 'rows':2,'rows':2  | DUPLICATE_KEY   | occurs twice"
      })
  void fieldsThatLieAreRefusedByName(
      String field, String lie, MalformedFileException.Reason reason, String message)
      throws IOException {
    VqTensor tensor = Matrices.drawn(VqConfigs.PQ4, 2, 8, 3);
    Path file = folder.resolve("a.vq.safetensors");
    new VqFile(tensor, Map.of()).write(file);
    SafeTensors parts = SafeTensors.read(file);
    String json = parts.metadata().get(VqFile.KEY);
    String quoted = field.strip().replace('\'', '"');
    assertThat(json).contains(quoted);
    SafeTensors.write(
        file,
        parts.tensors(),
        parts.bytes(),
        Map.of(VqFile.KEY, json.replace(quoted, lie.strip().replace('\'', '"'))));
    assertThatThrownBy(() -> VqFile.read(file))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedFileException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e).hasMessageStartingWith(file + ": "))
        .satisfies(e -> assertThat(e).hasMessageContaining(message.strip()));
  }

  @Test
  void otherSafetensorsAreRefused() throws IOException {
    Path file = folder.resolve("a.safetensors");
    SafeTensors.write(
        file, Map.of(), Map.of("codes", ByteArray.vector((byte) 1)), Map.of("k", "v"));
    assertThatThrownBy(() -> VqFile.read(file))
        .isInstanceOf(MalformedFileException.class)
        .hasMessage(file + ": its metadata has no trispike-vq: no quantized matrix");
  }
}
