package org.trispike.training.checkpoint;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.trispike.datasets.UserError;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;

/**
 * {@code state.json}: where a training stands. Together with the optimizer's file it is all that
 * goes on from one round to the next.
 *
 * @param fingerprint of configuration and dataset; only the same work resumes
 * @param dataset id of the dataset
 * @param teacher id of the teacher whose vectors it holds
 * @param teacherKind the teacher's kind
 * @param seed of the run
 * @param round rounds behind it
 * @param steps local steps of each replica
 * @param batches mini-batches of all replicas: the position in the order of samples
 * @param samples seen
 * @param epoch passes over the training split, with its fraction
 * @param score on the validation split at this round; NaN if it was not measured
 * @param stale validations in a row, up to this round, without a better score
 * @param averaged whether the model is the moving average of the weights
 * @param encoder the encoder's specification, as a map
 * @param points of a shape that is measured
 */
public record TrainingState(
    String fingerprint,
    String dataset,
    String teacher,
    String teacherKind,
    long seed,
    int round,
    int steps,
    long batches,
    long samples,
    double epoch,
    double score,
    int stale,
    boolean averaged,
    Map<String, Object> encoder,
    int points) {
  private static final int VERSION = 1;

  public TrainingState {
    Objects.requireNonNull(fingerprint);
    Objects.requireNonNull(dataset);
    Objects.requireNonNull(teacher);
    Objects.requireNonNull(teacherKind);
    encoder = Map.copyOf(encoder);
  }

  String toJson() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("format", "trispike-checkpoint");
    map.put("format_version", VERSION);
    map.put("fingerprint", fingerprint);
    map.put("dataset", dataset);
    map.put("teacher", teacher);
    map.put("teacher_kind", teacherKind);
    map.put("seed", seed);
    map.put("round", round);
    map.put("steps", steps);
    map.put("batches", batches);
    map.put("samples", samples);
    map.put("epoch", epoch);
    map.put("score", Double.isFinite(score) ? score : null);
    map.put("stale", stale);
    map.put("averaged", averaged);
    map.put("points", points);
    map.put("encoder", new java.util.TreeMap<>(encoder));
    return Json.write(map);
  }

  @SuppressWarnings("unchecked")
  static TrainingState parse(String json, String source) {
    try {
      Map<String, Object> map = Json.parseObject(json);
      if (number(map, "format_version").intValue() != VERSION) {
        throw UserError.data(
            source
                + " has version "
                + map.get("format_version")
                + ", this program reads "
                + VERSION);
      }
      Object score = map.get("score");
      // Not there before trainings could end early.
      Object stale = map.getOrDefault("stale", 0);
      return new TrainingState(
          text(map, "fingerprint"),
          text(map, "dataset"),
          text(map, "teacher"),
          text(map, "teacher_kind"),
          number(map, "seed").longValue(),
          number(map, "round").intValue(),
          number(map, "steps").intValue(),
          number(map, "batches").longValue(),
          number(map, "samples").longValue(),
          number(map, "epoch").doubleValue(),
          score == null ? Double.NaN : ((Number) score).doubleValue(),
          ((Number) stale).intValue(),
          (Boolean) map.get("averaged"),
          (Map<String, Object>) map.get("encoder"),
          number(map, "points").intValue());
    } catch (JsonException | ClassCastException | NullPointerException e) {
      throw new UserError(
          UserError.Kind.DATA, source + " is not the state of a training: " + e.getMessage(), e);
    }
  }

  private static String text(Map<String, Object> map, String key) {
    return (String) Objects.requireNonNull(map.get(key), key);
  }

  private static Number number(Map<String, Object> map, String key) {
    return (Number) Objects.requireNonNull(map.get(key), key);
  }
}
