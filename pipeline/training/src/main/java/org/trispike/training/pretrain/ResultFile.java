package org.trispike.training.pretrain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trispike.datasets.UserError;
import org.trispike.kernels.io.Json;
import org.trispike.training.checkpoint.Checkpoints;

/** {@code result.json}: what a finished training came to. */
final class ResultFile {
  private final Checkpoints checkpoints;
  private final String directory;

  ResultFile(Checkpoints checkpoints, String directory) {
    this.checkpoints = checkpoints;
    this.directory = directory;
  }

  /** The fingerprint of the finished training; "" if there is none. */
  String fingerprint() {
    return checkpoints.result().map(result -> String.valueOf(result.get("fingerprint"))).orElse("");
  }

  /** Makes the training a finished one. */
  void publish(Training training, String fingerprint, String chosen, Optional<Shares> shares) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("format_version", 1);
    result.put("fingerprint", fingerprint);
    result.put("chosen", chosen);
    result.put("rounds", training.round());
    result.put("ended_early", !training.finished());
    result.put("samples", training.samples());
    Validation.put(result, "score", checkpoints.read(chosen).state().score());
    shares.ifPresent(s -> result.put("share", s.toMap()));
    try {
      checkpoints.folder().publish(Json.write(result).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserError.environment("Cannot write to " + directory + ": " + e.getMessage(), e);
    }
  }

  PretrainResult read() {
    Map<String, Object> result = checkpoints.result().orElseThrow();
    Object score = result.get("score");
    return new PretrainResult(
        directory,
        result.get("chosen").toString(),
        ((Number) result.get("rounds")).intValue(),
        ((Number) result.get("samples")).longValue(),
        score == null ? Double.NaN : ((Number) score).doubleValue());
  }
}
