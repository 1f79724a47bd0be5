package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class YamlSubsetTest {
  private static final Refusal YAML = Refusal.of("a.yaml", YamlSubset::read);

  private static final String[] ALL = {
    "---",
    "# a comment",
    "names: # of classes",
    "  0 : \"a: b # c\"",
    "  10: 'traffic light'",
    "  x/y: it's plain#text",
    "split:",
    "  train:",
    "    - 0",
    "    - 'one'   # a comment",
    "  valid:",
    "  - 8",
    "empty:",
    "colors: [1, 'two, three', three]",
    "none: []",
    "path: ../images"
  };

  @Test
  void mappingsListsQuotesAndComments() throws CorruptInputException {
    assertThat(YamlSubset.read(Refusal.file("a.yaml", ALL)).toString())
        .isEqualTo(
            "{'names':{'0':'a: b # c','10':'traffic light','x/y':'it's plain#text'},"
                    .replace("'", "\"")
                    .replace("it\"s", "it's")
                + "\"split\":{\"train\":[\"0\",\"one\"],\"valid\":[\"8\"]},\"empty\":\"\","
                + "\"colors\":[\"1\",\"two, three\",\"three\"],\"none\":[],"
                + "\"path\":\"../images\"}");
  }

  @Test
  void whatYamlCanDoBeyondIsRefusedByItsLine() {
    for (String value :
        new String[] {"!!java.net.URL x", "&a 1", "*a", "|", "> folded", "{a: 1}", "[[1], 2]"}) {
      YAML.expect(Reason.UNSUPPORTED, "Line 2: '", "a: 1", "b: " + value);
    }
    YAML.expect(Reason.UNSUPPORTED, "Line 2: 'b: 1' is YAML beyond", "a:", " - b: 1");
    YAML.expect(Reason.BAD_ROW, "Line 2: 'a' stands there twice", "a: 1", "a: 2");
    YAML.expect(Reason.BAD_ROW, "Line 2: Its indentation fits nothing", "a: 1", "  b: 2");
    YAML.expect(Reason.BAD_ROW, "Line 2: It is indented by tabs", "a:", "\tb: 2");
    YAML.expect(Reason.BAD_ROW, "Line 1: 'word' is no 'key: value'", "word");
    YAML.expect(Reason.BAD_ROW, "Line 1: \"a is no quoted word", "b: \"a");
    YAML.expect(Reason.BAD_ROW, "Line 1: A list is not closed", "b: [1,");
    YAML.expect(Reason.EMPTY, "It says nothing", "# nothing");
  }

  @Test
  void depthIsLimited() {
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      deep.append(" ".repeat(i)).append("a:\n");
    }
    YAML.expect(Reason.TOO_LARGE, "Line 65: It is nested deeper than 64", deep.toString());
  }

  @Test
  void anyDamageIsReadOrNamed() {
    YAML.ofDamage(String.join("\n", ALL).getBytes(StandardCharsets.UTF_8));
  }
}
