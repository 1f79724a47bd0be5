package org.trispike.notebooks;

import java.util.Base64;
import java.util.Objects;

/**
 * What a notebook shows in the place of a cell's value.
 *
 * @param text for where only text can be shown
 * @param type the MIME type of the content
 * @param content markup; of pictures their bytes in base64, as Jupyter wants them
 */
public record Shown(String text, String type, String content) {
  public Shown {
    Objects.requireNonNull(text);
    Objects.requireNonNull(type);
    Objects.requireNonNull(content);
  }

  static Shown html(String text, String markup) {
    return new Shown(text, "text/html", markup);
  }

  static Shown png(String text, byte[] bytes) {
    return new Shown(text, "image/png", Base64.getEncoder().encodeToString(bytes));
  }

  @Override
  public String toString() {
    return text;
  }
}
