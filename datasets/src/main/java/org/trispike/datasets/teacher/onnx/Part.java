package org.trispike.datasets.teacher.onnx;

import java.util.Locale;

/** The files that a teacher of two ONNX towers consists of. */
enum Part {
  IMAGE_MODEL,
  /** Weights that the image model keeps in a file of their own. */
  IMAGE_DATA,
  PREPROCESSOR,
  TEXT_MODEL,
  /** Weights that the text model keeps in a file of their own. */
  TEXT_DATA,
  TOKENIZER;

  /** As settings and {@code teacher.json} have it. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The setting that names the file, or the model beside which it lies. */
  String setting() {
    Part named =
        switch (this) {
          case IMAGE_DATA -> IMAGE_MODEL;
          case TEXT_DATA -> TEXT_MODEL;
          default -> this;
        };
    return "teacher.clip." + named.word();
  }

  boolean isData() {
    return this == IMAGE_DATA || this == TEXT_DATA;
  }
}
