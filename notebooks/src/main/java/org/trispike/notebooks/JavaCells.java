package org.trispike.notebooks;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShell;
import jdk.jshell.JShellException;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.trispike.datasets.UserError;

/**
 * Evaluates cells of Java, one after the other, in this JVM and on its class path: JShell, but with
 * the value of a cell as an object rather than as text. What a cell declares the later ones see.
 */
public final class JavaCells implements AutoCloseable {
  private static final List<String> IMPORTS =
      List.of("java.util.*", "java.nio.file.*", "org.trispike.notebooks.*");

  /** Of a failure inside of libraries, so much says where it came from. */
  private static final int FRAMES = 12;

  private final Engine engine = new Engine();
  private final JShell shell;

  public JavaCells() {
    shell =
        JShell.builder()
            .executionEngine(new Provider(engine), Map.of())
            // With line numbers, an import would change the classes of earlier cells: they would be
            // made anew, and their variables be empty again.
            .compilerOptions("-g:none", "-classpath", System.getProperty("java.class.path"))
            .build();
    IMPORTS.forEach(name -> evaluate("import " + name + ";"));
  }

  /**
   * Runs a cell.
   *
   * @return the value of its last expression; null if it ends with something else
   * @throws CellException if a part of it does not compile or throws; the parts before have run
   */
  public Object evaluate(String cell) {
    List<DeclarationSnippet> declared = new ArrayList<>();
    Object value = null;
    String rest = cell;
    while (!rest.isBlank()) {
      CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      if (next.completeness() == SourceCodeAnalysis.Completeness.EMPTY) {
        break;
      }
      // What is not complete has no source: the compiler says what is wrong with it.
      boolean whole = next.source() != null;
      value = run(whole ? next.source() : rest, cell, cell.length() - rest.length(), declared);
      rest = whole ? next.remaining() : "";
    }
    declared.forEach(this::checkResolved);
    return value;
  }

  private Object run(String source, String cell, int at, List<DeclarationSnippet> declared) {
    Object value = null;
    for (SnippetEvent event : shell.eval(source)) {
      Snippet snippet = event.snippet();
      if (event.status() == Status.REJECTED) {
        throw new CellException(
            shell
                .diagnostics(snippet)
                .map(diag -> text(diag, cell, at))
                .collect(Collectors.joining("\n")));
      }
      if (event.exception() != null) {
        throw new CellException(text(event.exception()));
      }
      if (event.causeSnippet() == null) {
        value = isExpression(snippet) ? engine.value : null;
        if (snippet instanceof DeclarationSnippet declaration) {
          declared.add(declaration);
        }
      }
    }
    return value;
  }

  /** A method may call one that its cell declares later, but not one that never comes. */
  private void checkResolved(DeclarationSnippet declaration) {
    Status status = shell.status(declaration);
    if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
      throw new CellException(
          declaration.source().strip()
              + "\nIs not known: "
              + shell.unresolvedDependencies(declaration).collect(Collectors.joining(", ")));
    }
  }

  private static boolean isExpression(Snippet snippet) {
    return snippet.subKind() == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        || snippet.subKind() == SubKind.VAR_VALUE_SUBKIND
        || snippet.subKind() == SubKind.OTHER_EXPRESSION_SUBKIND;
  }

  /** The message of the compiler with the line of the cell that it is about. */
  private static String text(Diag diag, String cell, int at) {
    int place = (int) Math.min(cell.length(), at + Math.max(0, diag.getPosition()));
    int begin = cell.lastIndexOf('\n', Math.max(0, place - 1)) + 1;
    int end = cell.indexOf('\n', place);
    long line = 1 + cell.substring(0, begin).chars().filter(c -> c == '\n').count();
    return "Line %d: %s\n    %s"
        .formatted(
            line,
            diag.getMessage(Locale.ROOT),
            cell.substring(begin, end < 0 ? cell.length() : end).strip());
  }

  private static String text(JShellException exception) {
    if (!(exception instanceof EvalException thrown)) {
      return exception.getMessage();
    }
    if (thrown.getExceptionClassName().equals(UserError.class.getName())) {
      return thrown.getMessage();
    }
    StringBuilder text = new StringBuilder(thrown.getExceptionClassName());
    text.append(thrown.getMessage() == null ? "" : ": " + thrown.getMessage());
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
      text.append("\n    at ").append(frames[i]);
    }
    if (thrown.getCause() != null) {
      text.append("\nCaused by ").append(text(thrown.getCause()));
    }
    return text.toString();
  }

  /** What the editor asks about a cell: whether it is whole, how it may go on. */
  SourceCodeAnalysis analysis() {
    return shell.sourceCodeAnalysis();
  }

  @Override
  public void close() {
    shell.close();
  }

  /** Runs what was compiled on the thread that asks, and keeps its value. */
  private static final class Engine extends DirectExecutionControl {
    private Object value;

    @Override
    protected String invoke(Method method) throws Exception {
      value = method.invoke(null);
      return "";
    }
  }

  private record Provider(Engine engine) implements ExecutionControlProvider {
    @Override
    public String name() {
      return "trispike";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv environment, Map<String, String> parameters) {
      return engine;
    }
  }
}
