package org.trispike.jobs;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.trispike.datasets.UserError;

/**
 * Turns what a job threw into a message and an exit code. Nobody sees a stack trace unasked: that
 * of a bug goes to a file.
 */
final class Failures {
  static final int BUG = 70;

  private Failures() {}

  /** Prints what happened and returns the exit code of the process. */
  static int report(Throwable failure, PrintStream err) {
    Optional<UserError> known = userError(failure);
    if (known.isPresent()) {
      UserError error = known.get();
      err.println(word(error.kind()) + ": " + error.getMessage() + hint(error));
      return error.exitCode();
    }
    if (find(failure, OutOfMemoryError.class)) {
      err.println(
          "Out of memory (-Xmx "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MB): give more with TRISPIKE_HEAP=12g, or ask for less, e.g. a smaller"
              + " pretrain.batch-size. What was published before stays; the same command resumes");
      return UserError.Kind.ENVIRONMENT.exitCode();
    }
    err.println("This is a bug in Trispike: " + shortly(failure));
    err.println("Its trace is in " + writeTrace(failure) + "; finished stages are untouched");
    return BUG;
  }

  /** The failure that its user can do something about, if one is among the causes. */
  private static Optional<UserError> userError(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UserError error) {
        return Optional.of(error);
      }
    }
    return Optional.empty();
  }

  /** What to do where a bucket was refused; S3A's own words end with the answer of the service. */
  private static String hint(UserError error) {
    boolean bucket =
        find(error, AccessDeniedException.class) && error.getMessage().contains("s3a://");
    return bucket
        ? ". Check the credentials that this process finds (deploy/README.md, Buckets) and what"
            + " they allow"
        : "";
  }

  private static boolean find(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  private static String word(UserError.Kind kind) {
    return switch (kind) {
      case USAGE -> "Usage";
      case DATA -> "Data";
      case ENVIRONMENT -> "Environment";
      case INTERRUPTED -> "Interrupted";
    };
  }

  private static String shortly(Throwable failure) {
    String text = String.valueOf(failure).lines().findFirst().orElse("");
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }

  private static String writeTrace(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace, true));
    try {
      Path file = Files.createTempFile("trispike-failure-", ".txt");
      Files.writeString(file, trace.toString(), StandardCharsets.UTF_8);
      return file.toString();
    } catch (IOException e) {
      return "no file (" + e.getMessage() + "):\n" + trace;
    }
  }
}
