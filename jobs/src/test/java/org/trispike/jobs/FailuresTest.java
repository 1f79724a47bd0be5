package org.trispike.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;

final class FailuresTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void findsTheUsersErrorAmongTheCauses() {
    Throwable failure =
        new IllegalStateException("Job aborted", new IOException(UserError.data("Row 7 is bad")));

    assertThat(Failures.report(failure, err)).isEqualTo(3);
    assertThat(printed()).isEqualTo("Data: Row 7 is bad\n");
  }

  @Test
  void givesEachKindItsExitCode() {
    assertThat(Failures.report(UserError.usage("u"), err)).isEqualTo(2);
    assertThat(Failures.report(UserError.environment("e", null), err)).isEqualTo(4);
    assertThat(Failures.report(new UserError(UserError.Kind.INTERRUPTED, "i"), err)).isEqualTo(5);
    assertThat(Failures.report(new OutOfMemoryError(), err)).isEqualTo(4);
  }

  @Test
  void putsTheTraceOfABugIntoAFile() throws IOException {
    int code = Failures.report(new IllegalStateException("Off by one"), err);

    Matcher file = Pattern.compile("Its trace is in (.*?);").matcher(printed());
    assertThat(code).isEqualTo(70);
    assertThat(printed()).contains("a bug").contains("Off by one").doesNotContain("\tat ");
    assertThat(file.find()).isTrue();
    Path trace = Path.of(file.group(1));
    assertThat(Files.readString(trace, StandardCharsets.UTF_8)).contains("FailuresTest");
    Files.delete(trace);
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
