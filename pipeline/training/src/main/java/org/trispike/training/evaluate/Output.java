package org.trispike.training.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.shard.Quarantine;
import org.trispike.datasets.source.BadRow;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.Sha256;

/** The folder of an evaluation, or none at all where nothing is to be written. */
final class Output {
  static final String MANIFEST = "evaluation.json";
  static final String EXAMPLES = "examples.json";

  private final EvaluateConfig config;
  private final String fingerprint;
  private final Optional<ArtefactFolder> folder;

  Output(Configuration hadoop, EvaluateConfig config, String fingerprint) {
    this.config = config;
    this.fingerprint = fingerprint;
    this.folder =
        config.output().isEmpty()
            ? Optional.empty()
            : Optional.of(ArtefactFolder.of(hadoop, config.output(), MANIFEST));
  }

  /** Tells one evaluation from another. */
  static String fingerprint(List<String> parts) {
    return Sha256.of(String.join("\n", parts));
  }

  String fingerprint() {
    return fingerprint;
  }

  /**
   * Makes the folder this evaluation's own; the result if it lies there already.
   *
   * @throws UserError if the folder is in use
   */
  Optional<EvaluationResult> claim() {
    if (folder.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> finished = finished(folder.get());
    ArtefactFolder.Claim claim =
        folder
            .get()
            .claim(
                fingerprint,
                finished.map(this::fingerprintOf).orElse(""),
                config.resume(),
                List.of(Quarantine.FOLDER));
    return claim == ArtefactFolder.Claim.COMPLETE
        ? finished.map(json -> EvaluationResult.of(config.output(), json))
        : Optional.empty();
  }

  private Optional<String> finished(ArtefactFolder artefact) {
    try {
      return artefact.exists(MANIFEST)
          ? Optional.of(new String(artefact.read(MANIFEST), StandardCharsets.UTF_8))
          : Optional.empty();
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  /** What cannot be read is some other work. */
  private String fingerprintOf(String json) {
    try {
      return String.valueOf(Json.parseObject(json).get("fingerprint"));
    } catch (JsonException e) {
      return "unreadable";
    }
  }

  /** Writes all files, {@code evaluation.json} last. */
  EvaluationResult publish(List<BadRow> bad, Map<String, Object> examples, String figures) {
    if (folder.isPresent()) {
      try {
        if (!bad.isEmpty()) {
          Quarantine.write(folder.get(), bad);
        }
        folder.get().write(EXAMPLES, Json.write(examples).getBytes(StandardCharsets.UTF_8));
        folder.get().publish(figures.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw cannot(e);
      }
    }
    return EvaluationResult.of(config.output(), figures);
  }

  /** Leaves the table of bad rows behind and nothing else, and says so. */
  String abandon(List<BadRow> bad) {
    if (folder.isEmpty()) {
      return ". Nothing was written";
    }
    try {
      Quarantine.write(folder.get(), bad);
      folder.get().abandon();
      return ". No evaluation was published; all of them are listed in "
          + folder.get().path(Quarantine.FOLDER);
    } catch (IOException e) {
      throw cannot(e);
    }
  }

  private UserError cannot(IOException e) {
    return UserError.environment("Cannot use " + config.output() + ": " + e.getMessage(), e);
  }
}
