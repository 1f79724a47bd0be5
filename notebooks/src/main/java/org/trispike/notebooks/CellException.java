package org.trispike.notebooks;

/** A cell that did not compile or did not end well. The message is what its reader needs. */
public final class CellException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CellException(String message) {
    super(message);
  }
}
