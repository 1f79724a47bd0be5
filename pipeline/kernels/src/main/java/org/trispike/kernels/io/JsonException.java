package org.trispike.kernels.io;

import java.io.IOException;

/** Text that is not JSON; the message names the position. */
public final class JsonException extends IOException {
  private static final long serialVersionUID = 1L;
  private final boolean duplicateKey;

  JsonException(String message, boolean duplicateKey) {
    super(message);
    this.duplicateKey = duplicateKey;
  }

  /** Whether the fault is a key that occurs twice in one object. */
  public boolean duplicateKey() {
    return duplicateKey;
  }
}
