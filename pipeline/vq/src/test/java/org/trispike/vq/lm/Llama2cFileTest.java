package org.trispike.vq.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;

class Llama2cFileTest {
  @TempDir Path folder;

  @Test
  void arraysFollowEachOtherKindByKind() throws IOException {
    Path file = folder.resolve("tiny.bin");
    Files.write(file, TinyLlama.bytes());
    LlamaWeights weights = Llama2cFile.read(file);
    LlamaConfig config = weights.config();
    assertThat(config).isEqualTo(new LlamaConfig(16, 24, 2, 4, 2, 11, 8, 10_000, 1e-5f));
    assertThat(weights.embedding().data()[0]).isEqualTo(value(0));
    LayerWeights second = weights.layers().get(1);
    // Embedding, then two norms, then the first layer's query.
    assertThat(second.query().data()[0]).isEqualTo(value(11 * 16 + 2 * 16 + 16 * 16));
    int down = 11 * 16 + 2 * 16 + 2 * 16 * (16 + 8 + 8 + 16) + 2 * 16 + 2 * 24 * 16;
    assertThat(second.down().data()[5]).isEqualTo(value(down + 24 * 16 + 5));
    assertThat(second.up().data()[0]).isEqualTo(value(down + 3 * 24 * 16));
    assertThat(weights.classifier().data()[11 * 16 - 1]).isEqualTo(value(4303));
  }

  private static float value(int i) {
    return (float) (0.6 * Math.sin(0.1 * ((double) i * i)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0  | 15          | BAD_HEADER | Heads of the width cannot be 4 and 15",
        "0  | 0           | BAD_HEADER | Width, hidden and layers cannot be 0 and 24",
        "0  | 4           | BAD_HEADER | Head width, which rotates in pairs, cannot be 1 and 2",
        "0  | 1073741824  | BAD_HEADER | beyond an array, cannot be 1073741824 and 24",
        "4  | 25          | TRUNCATED  | has 17244 bytes, not the 17628 of its header",
        "8  | 1           | HOLE       | has 17244 bytes, not the",
        "8  | 2147483647  | TRUNCATED  | has 17244 bytes, not the",
        "12 | -4          | BAD_HEADER | Heads of the width cannot be -4 and 16",
        "16 | 3           | BAD_HEADER | Key heads of the heads cannot be 3 and 4",
        "20 | 11          | HOLE       | has 17244 bytes, not the 16540 of its header",
        "20 | -2147483648 | BAD_HEADER | header: ",
        "24 | 0           | BAD_HEADER | Vocabulary and context cannot be 11 and 0"
      })
  void headersThatLieAreRefused(int at, int size, Reason reason, String message) {
    byte[] bytes = TinyLlama.bytes();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, size);
    assertRefused(bytes, bytes.length, reason, message);
  }

  @Test
  void missingAndSurplusBytesAreRefused() {
    byte[] bytes = TinyLlama.bytes();
    assertRefused(Arrays.copyOf(bytes, 20), 20, Reason.TRUNCATED, "ends inside its header");
    assertRefused(
        Arrays.copyOf(bytes, bytes.length + 1), bytes.length + 1, Reason.HOLE, "17245 bytes");
    // A file that shrinks while it is read.
    assertRefused(Arrays.copyOf(bytes, 9000), bytes.length, Reason.TRUNCATED, "ends inside its");
  }

  private static void assertRefused(byte[] bytes, long length, Reason reason, String message) {
    assertThatThrownBy(() -> Llama2cFile.read(new ByteArrayInputStream(bytes), length, "tiny.bin"))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedFileException.class))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(reason))
        .satisfies(e -> assertThat(e).hasMessageStartingWith("tiny.bin: "))
        .satisfies(e -> assertThat(e).hasMessageContaining(message));
  }
}
