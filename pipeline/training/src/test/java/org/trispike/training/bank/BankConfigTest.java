package org.trispike.training.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Precision;

final class BankConfigTest {
  private static BankConfig from(String settings) {
    Config config = ConfigFactory.parseString(settings);
    return BankConfig.from(config.withFallback(ConfigFactory.load()).resolve());
  }

  @Test
  void defaults() {
    BankConfig config = from("run.dir = r, bank.output = o");
    assertThat(config.names()).isEmpty();
    assertThat(config.model()).isEqualTo("r/model");
    assertThat(config.dataset()).isEqualTo("r/embedded");
    assertThat(config.input()).isEmpty();
    assertThat(config.namedBy()).isEmpty();
    assertThat(config.precision()).isEqualTo(Precision.FLOAT16);
    assertThat(config.queries()).isEqualTo(200);
    assertThat(config.rotation()).isEqualTo(8);
    assertThat(config.probes()).isEqualTo(BankConfig.AUTO);
    assertThat(config.lists(262_143)).isZero();
    assertThat(config.lists(262_144)).isEqualTo(512);
    assertThat(config.lists(1_000_000)).isEqualTo(1024);
    assertThat(config.lists(10_000_000)).isEqualTo(4096);
    assertThat(config.templates()).containsExactly("{}");
    assertThat(config.resume()).isTrue();
  }

  @Test
  void eachKeyIsMapped() {
    BankConfig config =
        from(
            "bank { names = n, model = m, input = i, output = o, named-by = b, precision = float32 }"
                + ", bank { queries = 7, rotation = 2, lists = 12, probes = 3 }, run.data = d, run.resume = never");
    assertThat(config.names()).isEqualTo("n");
    assertThat(config.model()).isEqualTo("m");
    assertThat(config.dataset()).isEqualTo("d/embedded");
    assertThat(config.input()).isEqualTo("i");
    assertThat(config.output()).isEqualTo("o");
    assertThat(config.namedBy()).isEqualTo("b");
    assertThat(config.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(config.queries()).isEqualTo(7);
    assertThat(config.rotation()).isEqualTo(2);
    assertThat(config.lists(100)).isEqualTo(12);
    assertThat(config.lists(10)).isEqualTo(10);
    assertThat(config.probes()).isEqualTo(3);
    assertThat(config.resume()).isFalse();
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> from(""))
        .isInstanceOf(UserError.class)
        .hasMessage("bank.output is missing, the folder for the bank: --out DIR");
    assertThatThrownBy(() -> from("bank { output = o, queries = 0 }"))
        .hasMessage("bank.queries is in 1..10000, not 0");
    assertThatThrownBy(() -> from("bank { output = o, lists = 65537 }"))
        .hasMessage("bank.lists is auto or in 0..65536, not 65537");
    assertThatThrownBy(() -> from("bank { output = o, probes = 0 }"))
        .hasMessage("bank.probes is auto or positive, not 0");
    assertThatThrownBy(() -> from("bank { output = o, precision = int8 }"))
        .isInstanceOf(UserError.class);
  }
}
