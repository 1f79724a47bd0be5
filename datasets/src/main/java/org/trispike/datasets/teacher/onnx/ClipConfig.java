package org.trispike.datasets.teacher.onnx;

import com.typesafe.config.Config;
import java.io.Serializable;
import java.util.Objects;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.UserError;

/**
 * The group {@code teacher.clip} of the configuration. Files are paths or URIs of any of Hadoop's
 * file systems, "" where none is named.
 *
 * @param imageModel the ONNX file of the image tower
 * @param textModel the ONNX file of the text tower
 * @param tokenizer the tokenizer.json of the text tower
 * @param preprocessor the preprocessor_config.json of the image tower
 * @param contextLength tokens of a text as the tower sees it, cut off or padded
 * @param batchSize texts or pictures in one call of the runtime
 * @param threads that one call may use
 * @param execution what the towers run on
 */
public record ClipConfig(
    String imageModel,
    String textModel,
    String tokenizer,
    String preprocessor,
    int contextLength,
    int batchSize,
    int threads,
    Execution execution)
    implements Serializable {
  private static final String GROUP = "teacher.clip.";

  /** What the tokenizer's library takes at most. */
  private static final int LONGEST = 512;

  public ClipConfig {
    Objects.requireNonNull(imageModel);
    Objects.requireNonNull(textModel);
    Objects.requireNonNull(tokenizer);
    Objects.requireNonNull(preprocessor);
    Objects.requireNonNull(execution);
    check(
        contextLength >= 2 && contextLength <= LONGEST,
        "context-length is in 2.." + LONGEST + ", not " + contextLength);
    check(batchSize >= 1, "batch-size is positive, not " + batchSize);
    check(threads >= 1, "threads is positive, not " + threads);
  }

  /**
   * @throws UserError if a value is not what its key takes
   */
  public static ClipConfig from(Config root) {
    Config clip = root.getConfig("teacher.clip");
    return new ClipConfig(
        clip.getString(Part.IMAGE_MODEL.word()),
        clip.getString(Part.TEXT_MODEL.word()),
        clip.getString(Part.TOKENIZER.word()),
        clip.getString(Part.PREPROCESSOR.word()),
        clip.getInt("context-length"),
        clip.getInt("batch-size"),
        clip.getInt("threads"),
        ConfigWords.read(root, GROUP + "execution", Execution.class));
  }

  /**
   * @throws UserError if one of the four files is not named
   */
  public void requireFiles() {
    for (Part part : Part.values()) {
      check(
          part.isData() || !path(part).isEmpty(),
          part.word() + " is not set, which teacher.kind = clip-onnx needs");
    }
  }

  /** The same on another device. */
  ClipConfig on(Execution other) {
    return new ClipConfig(
        imageModel, textModel, tokenizer, preprocessor, contextLength, batchSize, threads, other);
  }

  /** The path of a part as the settings name it; that of a model's data follows from the model. */
  String path(Part part) {
    return switch (part) {
      case IMAGE_MODEL -> imageModel;
      case TEXT_MODEL -> textModel;
      case TOKENIZER -> tokenizer;
      case PREPROCESSOR -> preprocessor;
      case IMAGE_DATA, TEXT_DATA -> "";
    };
  }

  /** What decides the vectors, and nothing else. */
  public String identity() {
    return String.join(
        ", ", imageModel, textModel, tokenizer, preprocessor, Integer.toString(contextLength));
  }

  private static void check(boolean ok, String message) {
    if (!ok) {
      throw UserError.usage(GROUP + message);
    }
  }
}
