package org.trispike.datasets.format;

/** The ways in which a file can be of no use. */
public enum Reason {
  /** There is no such file. */
  MISSING,
  /** It ends too early. */
  TRUNCATED,
  /** It does not begin as files of its kind do. */
  BAD_MAGIC,
  /** Its header makes no sense. */
  BAD_HEADER,
  /** It claims more elements than it can hold, or than are allowed. */
  COUNT_OVERFLOW,
  /** A face, texel or accessor points outside its array. */
  INDEX_OUT_OF_RANGE,
  /** A coordinate is not a finite number, or beyond 1e30. */
  NOT_FINITE,
  /** It has no faces and no points. */
  EMPTY,
  /** All its faces together have no area. */
  ZERO_AREA,
  /** It needs something that this reader does not do. */
  UNSUPPORTED,
  /** It is above a limit in bytes, pixels or depth. */
  TOO_LARGE,
  /** A texture that it uses cannot be decoded. */
  BAD_TEXTURE,
  /** A picture cannot be decoded. */
  BAD_IMAGE,
  /** A line of text is not what belongs there. */
  BAD_ROW,
  /** A third-party parser failed on it. */
  CORRUPT_INPUT
}
