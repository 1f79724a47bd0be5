package org.trispike.training.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.UserError;

/**
 * What an evaluation came to.
 *
 * @param folder where the figures lie, or "" if they were not written
 * @param json {@code evaluation.json}
 * @param sentences the figures in words
 */
public record EvaluationResult(String folder, String json, List<String> sentences) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public EvaluationResult {
    Objects.requireNonNull(folder);
    Objects.requireNonNull(json);
    sentences = List.copyOf(sentences);
  }

  /**
   * @throws UserError if the text is no evaluation
   */
  static EvaluationResult of(String folder, String json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      return new EvaluationResult(folder, json, Sentences.of(root));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.DATA,
          folder
              + " holds no evaluation that can be read: "
              + e.getMessage()
              + ". Delete it and run evaluate again",
          e);
    }
  }
}
