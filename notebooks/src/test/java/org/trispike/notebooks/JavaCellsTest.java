package org.trispike.notebooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class JavaCellsTest {
  private final JavaCells cells = new JavaCells();

  @AfterEach
  void close() {
    cells.close();
  }

  @Test
  void givesTheLastExpressionAsAnObject() {
    assertThat(cells.evaluate("List.of(1, 2)")).isEqualTo(List.of(1, 2));
    assertThat(cells.evaluate("int n = 3; // three\nn * n")).isEqualTo(9);
    assertThat(cells.evaluate("n")).isEqualTo(3);
    assertThat(cells.evaluate("new Shown(\"a\", \"text/plain\", \"b\");"))
        .isEqualTo(new Shown("a", "text/plain", "b"));
  }

  @Test
  void givesNothingForDeclarationsStatementsAndNothing() {
    assertThat(cells.evaluate("int n = 3;")).isNull();
    assertThat(cells.evaluate("5; n++;\nif (n > 3) { n = 7; }")).isNull();
    assertThat(cells.evaluate("import java.util.stream.*;")).isNull();
    assertThat(cells.evaluate("// only a remark\n")).isNull();
    assertThat(cells.evaluate("")).isNull();
    assertThat(cells.evaluate("n")).isEqualTo(7);
  }

  @Test
  void letsLaterCellsSeeAndReplaceWhatEarlierOnesDeclared() {
    cells.evaluate(
        "int twice(int n) { return plus(n, n); }\nint plus(int a, int b) { return a + b; }");
    assertThat(cells.evaluate("twice(4)")).isEqualTo(8);
    cells.evaluate("int plus(int a, int b) { return a * b; }");
    assertThat(cells.evaluate("twice(4)")).isEqualTo(16);
  }

  @Test
  void keepsVariablesThroughLaterImports() {
    cells.evaluate("List<Integer> kept = List.of(5);\nPath path = Path.of(\"a\");");
    cells.evaluate("import java.util.concurrent.Future;\nimport java.util.function.*;");
    cells.evaluate("import java.util.stream.*;");

    assertThat(cells.evaluate("kept")).isEqualTo(List.of(5));
    assertThat(cells.evaluate("path")).hasToString("a");
  }

  @Test
  void namesTheLineThatDoesNotCompile() {
    refused("int n = 3;\nint m = \"four\";\n", "Line 2: incompatible types", "int m = \"four\";");
    refused("int k = 1;\n\nlist.add(k)", "Line 3: cannot find symbol", "list.add(k)");
    refused("for (int i = 0; i < 3", "Line 1: ");
    refused("int half(int n) { return divided(n, 2); }", "Is not known: method divided(int,int)");
    assertThat(cells.evaluate("n")).isEqualTo(3);
  }

  @Test
  void tellsWhatWasThrownAndWhere() {
    refused("int[] a = new int[2];\na[2] = 1;", "java.lang.ArrayIndexOutOfBoundsException", "2");
    refused(
        "throw new IllegalStateException(new RuntimeException(\"why\"));",
        "RuntimeException",
        "why");
  }

  @Test
  void saysWhatAUserCanDoWithoutATrace() {
    assertThatThrownBy(
            () -> cells.evaluate("throw org.trispike.datasets.UserError.data(\"Make it first\");"))
        .isInstanceOf(CellException.class)
        .hasMessage("Make it first");
  }

  private void refused(String cell, String... parts) {
    assertThatThrownBy(() -> cells.evaluate(cell))
        .isInstanceOf(CellException.class)
        .hasMessageContainingAll(parts);
  }
}
