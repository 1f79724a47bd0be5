package org.trispike.datasets.format;

import java.util.Objects;

/** A file that cannot be used: which one, the kind of its fault, and what it is. */
public final class CorruptInputException extends Exception {
  private static final long serialVersionUID = 1;

  private final String file;
  private final Reason reason;

  public CorruptInputException(String file, Reason reason, String message) {
    super(Objects.requireNonNull(message));
    this.file = Objects.requireNonNull(file);
    this.reason = Objects.requireNonNull(reason);
  }

  CorruptInputException(String file, Reason reason, String message, Throwable cause) {
    this(file, reason, message);
    initCause(cause);
  }

  public String file() {
    return file;
  }

  public Reason reason() {
    return reason;
  }

  @Override
  public String toString() {
    return file + ": " + reason + ": " + getMessage();
  }
}
