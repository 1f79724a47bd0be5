package org.trispike.vq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.trispike.vq.bank.Bank;
import org.trispike.vq.oracle.Oracle;
import org.trispike.vq.scan.Hit;

/**
 * Files of version 1, as they were written when it was new, are read forever. What they hold was
 * decoded with NumPy.
 */
final class ReleasedFormatsTest {
  private static final Offset<Double> CLOSE = within(1e-6);

  private static Path released(String name) throws URISyntaxException {
    URI uri = ReleasedFormatsTest.class.getResource("/released/1/" + name).toURI();
    return Path.of(uri);
  }

  @Test
  void trainedCodesDecode() throws Exception {
    VqTensor tensor = VqFile.read(released("pq4.safetensors")).tensor();
    assertThat(tensor.rows()).isEqualTo(2);
    assertThat(Oracle.dequantize(tensor))
        .containsExactly(
            new double[] {
              -0.74439532,
              0.49616441,
              0.89507687,
              0.95533139,
              -0.28340787,
              1.11630619,
              -0.25027722,
              -0.57323772,
              -1.52774060,
              1.00063288,
              -0.83913898,
              1.52935755,
              1.75660300,
              -0.37064844,
              -1.06953609,
              -0.95840871
            },
            CLOSE);
  }

  @Test
  void codesOfTheLatticeDecode() throws Exception {
    VqTensor tensor = VqFile.read(released("quip4.safetensors")).tensor();
    assertThat(Oracle.dequantize(tensor))
        .containsExactly(0, 1.5, 0, 0.5, 0, 0, 0.5, -0.5, -0.5, 0.5, 1, 0.5, -0.5, -0.5, -0.5, -1);
  }

  /** Number i of the 64 rows of 8 is sin(i²), in half precision; the query is row 17. */
  @Test
  void banksAreSearched() throws Exception {
    Bank bank = Bank.open(released("bank"));
    float[] query = new float[8];
    for (int i = 0; i < 8; i++) {
      query[i] = (float) Math.sin((136 + i) * (136 + i));
    }
    List<Hit> hits = bank.search(query, 3);
    assertThat(hits.stream().map(Hit::row)).containsExactly(28, 17, 39);
    assertThat(hits.get(0).score()).isCloseTo(4.0385109f, within(1e-5f));
    assertThat(bank.name(28)).isEqualTo("name 28");
  }
}
