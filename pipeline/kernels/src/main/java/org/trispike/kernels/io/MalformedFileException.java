package org.trispike.kernels.io;

import java.io.IOException;

/** A file that is not what it claims to be. The message names the file and what is wrong. */
public final class MalformedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  /** How a file can lie. */
  public enum Reason {
    /** It ends before what it announces. */
    TRUNCATED,
    /** Its header claims more than the permitted bytes. */
    HEADER_TOO_LARGE,
    /** Its header is not the JSON that the format asks for. */
    BAD_HEADER,
    /** A key occurs twice. */
    DUPLICATE_KEY,
    /** Two tensors share bytes. */
    OVERLAP,
    /** Bytes belong to no tensor. */
    HOLE,
    /** A tensor's element type is not one that is read. */
    UNSUPPORTED_TYPE,
    /** A shape is negative, too large, or does not fit its bytes. */
    BAD_SHAPE,
    /** A field is missing, has another type, or a value outside its range. */
    BAD_FIELD,
    /** It was written by a later version. */
    UNKNOWN_VERSION
  }

  private final Reason reason;

  public MalformedFileException(String file, Reason reason, String message) {
    super(file + ": " + message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
