package org.trispike.datasets;

import java.util.Objects;

/**
 * A failure that its user can do something about. The message says what happened, where (file, row,
 * key), what was left untouched and what to run next; every other exception is a bug (exit code
 * 70).
 */
public final class UserError extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Whose turn it is, each with the exit code of the process. */
  public enum Kind {
    USAGE(2),
    DATA(3),
    ENVIRONMENT(4),
    INTERRUPTED(5);

    private final int exitCode;

    Kind(int exitCode) {
      this.exitCode = exitCode;
    }

    public int exitCode() {
      return exitCode;
    }
  }

  private final Kind kind;

  public UserError(Kind kind, String message) {
    this(kind, message, null);
  }

  public UserError(Kind kind, String message, Throwable cause) {
    super(Objects.requireNonNull(message), cause);
    this.kind = Objects.requireNonNull(kind);
  }

  public static UserError usage(String message) {
    return new UserError(Kind.USAGE, message);
  }

  public static UserError data(String message) {
    return new UserError(Kind.DATA, message);
  }

  public static UserError environment(String message, Throwable cause) {
    return new UserError(Kind.ENVIRONMENT, message, cause);
  }

  public Kind kind() {
    return kind;
  }

  public int exitCode() {
    return kind.exitCode();
  }
}
