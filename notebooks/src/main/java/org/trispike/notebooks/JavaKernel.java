package org.trispike.notebooks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.kernel.magic.MagicParser;
import org.dflib.jjava.jupyter.kernel.magic.MagicTranspiler;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;
import org.trispike.datasets.shard.ProgramVersion;

/** {@link JavaCells} behind Jupyter's protocol. Cells are Java alone: there are no magics. */
public final class JavaKernel extends BaseKernel {
  private static final HistoryManager NO_HISTORY = null;

  private final JavaCells cells = new JavaCells();
  private volatile Thread evaluating;

  private JavaKernel() {
    super(
        "trispike",
        ProgramVersion.text(),
        new LanguageInfo.Builder("Java")
            .version(Runtime.version().toString())
            .mimetype("text/x-java")
            .fileExtension(".java")
            .pygments("java")
            .codemirror("text/x-java")
            .build(),
        List.of(),
        NO_HISTORY,
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        new Renderer(),
        new MagicParser("", "", new MagicTranspiler()),
        new MagicsRegistry(),
        false,
        new StringStyler("", "", "", line -> ""));
  }

  /**
   * Serves a notebook until it asks to be left.
   *
   * @param args the connection file that Jupyter wrote
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    String connection = Files.readString(Path.of(args[0]), StandardCharsets.UTF_8);
    JupyterConnection jupyter = new JupyterConnection(KernelConnectionProperties.parse(connection));
    new JavaKernel().becomeHandlerForConnection(jupyter);
    jupyter.connect();
    jupyter.waitUntilClose();
    // Cells may have left threads behind, as Spark's.
    System.exit(0);
  }

  @Override
  public Object evalRaw(String cell) {
    evaluating = Thread.currentThread();
    try {
      return cells.evaluate(cell);
    } finally {
      evaluating = null;
    }
  }

  @Override
  public DisplayData eval(String cell) {
    Object value = evalRaw(cell);
    if (value == null) {
      return null;
    }
    DisplayData data = new DisplayData(value.toString());
    if (value instanceof Shown shown) {
      data.putData(shown.type(), shown.content());
    }
    return data;
  }

  @Override
  public void interrupt() {
    Thread thread = evaluating;
    if (thread != null) {
      thread.interrupt();
    }
  }

  @Override
  public List<String> formatError(Throwable failure) {
    return failure instanceof CellException
        ? failure.getMessage().lines().toList()
        : super.formatError(failure);
  }

  @Override
  public String isComplete(String cell) {
    return switch (cells.analysis().analyzeCompletion(cell).completeness()) {
      case COMPLETE, COMPLETE_WITH_SEMI, EMPTY -> IS_COMPLETE_YES;
      case DEFINITELY_INCOMPLETE, CONSIDERED_INCOMPLETE -> IS_COMPLETE_MAYBE;
      case UNKNOWN -> IS_COMPLETE_BAD;
    };
  }

  @Override
  public ReplacementOptions complete(String cell, int at) {
    int[] anchor = {at};
    List<String> words =
        cells.analysis().completionSuggestions(cell, at, anchor).stream()
            .map(Suggestion::continuation)
            .distinct()
            .toList();
    return words.isEmpty() ? null : new ReplacementOptions(words, anchor[0], at);
  }

  /** Documentation is where the sources are. */
  @Override
  public DisplayData inspect(String cell, int at, boolean extra) {
    return null;
  }

  @Override
  public void onShutdown(boolean restarting) {
    cells.close();
  }
}
