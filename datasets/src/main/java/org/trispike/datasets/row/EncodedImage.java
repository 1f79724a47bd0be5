package org.trispike.datasets.row;

import java.util.Objects;

/**
 * A picture of a shape, as the bytes of its PNG or JPEG file.
 *
 * @param view which picture: the path it came from, or {@code render/07} for a rendered view
 * @param bytes the encoded file; empty where the reader was not asked for it; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are passed through, never compared
public record EncodedImage(String view, byte[] bytes) {
  public EncodedImage {
    Objects.requireNonNull(view);
    Objects.requireNonNull(bytes);
  }

  /** That of a file with these bytes. */
  public String extension() {
    return bytes.length > 1 && bytes[1] == 'P' ? "png" : "jpg";
  }
}
