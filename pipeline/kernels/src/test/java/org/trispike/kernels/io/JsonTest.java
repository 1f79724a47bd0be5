package org.trispike.kernels.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @Test
  void valuesRoundTrip() throws JsonException {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text \"q\" \\ \n\t\u0001 ü 🐦", "€");
    value.put("list", Arrays.asList(1L, -2.5, 1e-30, true, false, null, List.of(), Map.of()));
    value.put("deep", Map.of("a", List.of(Map.of("b", 3L))));
    assertThat(Json.parse(Json.write(value))).isEqualTo(value);
    assertThat(Json.parse(Json.writeCompact(value))).isEqualTo(value);
  }

  @Test
  void floatsKeepTheirBits() throws JsonException {
    for (float f : new float[] {0.02f, 0.1f, 1e-38f, Float.MIN_VALUE, Float.MAX_VALUE, 16777217}) {
      assertThat(((Number) Json.parse(Json.write(f))).floatValue()).isEqualTo(f);
    }
  }

  @Test
  void escapesAreUnderstood() throws JsonException {
    assertThat(Json.parse("\"\\u0041\\/\\b\\f\\n\\r\\t\\\"\\\\\\ud83d\\udc26\""))
        .isEqualTo("A/\b\f\n\r\t\"\\🐦");
    assertThat(Json.parse(" [ 0 , -0.5E+2 ] ")).isEqualTo(List.of(0L, -50.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "NaN",
        "Infinity",
        "1e999",
        "'a'",
        "\"a",
        "\"\n\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "tru",
        "[1 2]",
        "1 2",
        "{\"a\"}",
        "// c\n1"
      })
  void textThatIsNotJsonIsRefused(String text) {
    assertThatThrownBy(() -> Json.parse(text))
        .isInstanceOf(JsonException.class)
        .hasMessageContaining("position");
  }

  @Test
  void duplicateKeysAndDepthAreRefused() throws JsonException {
    assertThatThrownBy(() -> Json.parse("{\"a\":1,\"\\u0061\":2}"))
        .hasMessage("Key \"a\" occurs twice, at position 7");
    assertThat(Json.parse("[".repeat(64) + "]".repeat(64))).isNotNull();
    assertThatThrownBy(() -> Json.parse("[".repeat(65) + "]".repeat(65)))
        .hasMessageStartingWith("More than 64 levels");
    assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000))).isInstanceOf(JsonException.class);
  }

  @Test
  void numbersThatJsonLacksAreNotWritten() {
    assertThatThrownBy(() -> Json.write(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Json.write(new Object())).hasMessage("No JSON for a java.lang.Object");
  }
}
