package org.trispike.training.pretrain;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Json;
import org.trispike.training.averaging.Round;
import org.trispike.training.checkpoint.Checkpoint;
import org.trispike.training.checkpoint.Checkpoints;
import org.trispike.training.checkpoint.Resumable;
import org.trispike.training.graph.ProjectionStart;

/**
 * Trains a spiking encoder by Multi-scale Triple Alignment: W replicas in rounds of local steps,
 * averaged after each; measured on the validation split; kept in checkpoints. An interrupted run
 * that is started again ends with the same bits as one that was left alone.
 */
public final class PretrainAction {
  private static final String GROUP = "pretrain";

  // A group of its own: an interruption gives a round up, but lets validation come to its end.
  private static final String VALIDATION_GROUP = "pretrain-validation";

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final PretrainConfig config;
  private final Progress progress;
  private final Checkpoints checkpoints;
  private final Interruption interruption;
  private final Restarts restarts;
  private String best = "";
  private double bestScore = Double.NEGATIVE_INFINITY;
  private Optional<Shares> shares = Optional.empty();
  private double seconds;

  public PretrainAction(SparkSession session, PretrainConfig config, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.config = config;
    this.progress = progress;
    this.checkpoints = Checkpoints.in(hadoop, config.output());
    this.interruption = new Interruption(spark, GROUP);
    this.restarts = new Restarts(spark, config.upkeep().maxRoundRestarts(), interruption, progress);
  }

  /**
   * @throws UserError if the dataset has no vectors or does not fit, the folder belongs to other
   *     work, or the process was told to end
   */
  public PretrainResult run() {
    try (interruption) {
      interruption.open();
      DatasetManifest manifest = DatasetManifest.readTriplets(hadoop, config.dataset());
      TeacherInfo teacher = check(manifest);
      if (claim(manifest) == ArtefactFolder.Claim.COMPLETE) {
        progress.line("pretrain: " + config.output() + " is finished already");
        return result();
      }
      try (Training training = new Training(spark, hadoop, config, manifest, teacher)) {
        resume(training);
        Validator validator = new Validator(spark, hadoop, config, manifest);
        train(training, validator);
        publish(training, manifest);
      }
      return result();
    } finally {
      spark.clearJobGroup();
    }
  }

  /** Ends the run after the last whole round, as a signal to the process does. */
  void interrupt() {
    interruption.ask();
  }

  private TeacherInfo check(DatasetManifest manifest) {
    manifest.verifySizes(hadoop, config.dataset());
    TeacherInfo teacher =
        manifest
            .teacher()
            .orElseThrow(
                () ->
                    UserError.data(
                        config.dataset()
                            + " holds no teacher's vectors; run embed first. Nothing was"
                            + " written"));
    long rows = manifest.rows(Split.TRAIN);
    if (rows < 2) {
      throw UserError.data(
          config.dataset()
              + " has "
              + rows
              + " rows in its training split; alignment needs at least 2. Check data.triplets and"
              + " its split column, then run shard and embed again");
    }
    int width = config.encoder().outputWidth();
    if (config.projectionStart() == ProjectionStart.IDENTITY
        && width != 0
        && width != teacher.dimension()) {
      throw UserError.usage(
          "pretrain.projection-start = identity needs encoder.output-width = "
              + teacher.dimension()
              + ", the teacher's dimension, not "
              + width);
    }
    return teacher;
  }

  private ArtefactFolder.Claim claim(DatasetManifest manifest) {
    String finished =
        checkpoints.result().map(result -> String.valueOf(result.get("fingerprint"))).orElse("");
    return checkpoints
        .folder()
        .claim(config.fingerprint(manifest.id()), finished, config.resume(), List.of());
  }

  private void resume(Training training) {
    List<String> names = checkpoints.names();
    for (String name : names) {
      consider(name, checkpoints.read(name).state().score());
    }
    checkpoints.prune(config.upkeep().keepCheckpoints(), Set.of(best));
    if (!names.isEmpty()) {
      Resumable resumable = checkpoints.readResumable(names.get(names.size() - 1));
      training.restore(resumable);
      progress.line(
          "pretrain: goes on after round "
              + training.round()
              + " of the run that "
              + config.output()
              + " holds");
    }
  }

  private void consider(String name, double score) {
    if (score > bestScore) {
      bestScore = score;
      best = name;
    }
  }

  private void train(Training training, Validator validator) {
    int rounds = training.plan().rounds();
    MetricsFile metrics = new MetricsFile(hadoop, config.metrics(), training.round());
    progress.start(
        String.format(
            Locale.ROOT,
            "pretrain: %s on %d shapes, %d epochs by %d replicas",
            training.encoder().name(),
            training.data().rows(),
            config.learning().epochs(),
            config.replication().replicas()),
        training.plan().steps(),
        training.done());
    while (!training.finished()) {
      Round round = step(training, rounds, metrics);
      boolean due =
          training.finished() || training.round() % config.upkeep().checkpointRounds() == 0;
      Optional<Validation> validation = due ? validate(training, validator) : Optional.empty();
      metrics.add(RoundMetrics.of(training, round, validation));
      progress.update(training.done(), RoundMetrics.sentence(training, round));
      if (due) {
        validation.ifPresent(v -> progress.line("pretrain: " + v.sentence()));
        // Before the checkpoint: a resumed run drops lines too many, but cannot make up for lost
        // ones.
        metrics.flush();
        save(training, validation.map(Validation::score).orElse(Double.NaN));
      }
    }
  }

  private Round step(Training training, int rounds, MetricsFile metrics) {
    spark.setJobGroup(
        GROUP,
        String.format(
            Locale.ROOT,
            "pretrain: epoch %d, round %d of %d",
            (int) training.epoch() + 1,
            training.round() + 1,
            rounds),
        true);
    Round round;
    try {
      round = restarts.run("Round " + (training.round() + 1), () -> attempt(training));
    } catch (RuntimeException e) {
      throw ended(training, metrics, e);
    }
    Shares now = Shares.of(round);
    shares = Optional.of(shares.map(s -> s.plus(seconds, now, round.seconds())).orElse(now));
    seconds += round.seconds();
    return round;
  }

  private Round attempt(Training training) {
    if (interruption.asked()) {
      throw new IllegalStateException("Interrupted between rounds");
    }
    return training.step();
  }

  /** Why the training ends before its time. What was trained so far is kept, unless by a bug. */
  private RuntimeException ended(Training training, MetricsFile metrics, RuntimeException e) {
    boolean told = interruption.asked();
    boolean cluster = e instanceof UserError error && error.kind() == UserError.Kind.ENVIRONMENT;
    if (!told && !cluster) {
      return e;
    }
    boolean known = checkpoints.names().contains(Checkpoints.name(training.round()));
    if (training.round() > 0 && !known) {
      metrics.flush();
      save(training, Double.NaN);
    }
    if (!told) {
      return e;
    }
    return new UserError(
        UserError.Kind.INTERRUPTED,
        "The training was interrupted after round "
            + training.round()
            + "; a checkpoint of it lies in "
            + config.output()
            + ". Run the same command again to resume",
        e);
  }

  private Optional<Validation> validate(Training training, Validator validator) {
    spark.setJobGroup(
        VALIDATION_GROUP, "pretrain: validation after round " + training.round(), true);
    return restarts.run(
        "Validation after round " + training.round(),
        () -> validator.measure(training.model("", Double.NaN)));
  }

  private void save(Training training, double score) {
    String name = Checkpoints.name(training.round());
    checkpoints.write(name, training.model("", score), training.resumable(score));
    consider(name, score);
    checkpoints.prune(config.upkeep().keepCheckpoints(), Set.of(best));
  }

  private void publish(Training training, DatasetManifest manifest) {
    List<String> names = checkpoints.names();
    String last = names.get(names.size() - 1);
    boolean useBest = config.upkeep().select() == Selection.VALIDATION && !best.isEmpty();
    String chosen = useBest ? best : last;
    Checkpoint model = checkpoints.read(chosen);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("format_version", 1);
    result.put("fingerprint", config.fingerprint(manifest.id()));
    result.put("chosen", chosen);
    result.put("rounds", training.round());
    result.put("samples", training.samples());
    Validation.put(result, "score", model.state().score());
    shares.ifPresent(s -> result.put("share", s.toMap()));
    try {
      checkpoints.folder().publish(Json.write(result).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserError.environment("Cannot write to " + config.output() + ": " + e.getMessage(), e);
    }
    shares.ifPresent(s -> progress.line("pretrain: " + s.sentence()));
    progress.finish(
        String.format(
            Locale.ROOT,
            "%d rounds, %d samples; %s is the result",
            training.round(),
            training.samples(),
            chosen));
  }

  private PretrainResult result() {
    Map<String, Object> result = checkpoints.result().orElseThrow();
    Object score = result.get("score");
    return new PretrainResult(
        config.output(),
        result.get("chosen").toString(),
        ((Number) result.get("rounds")).intValue(),
        ((Number) result.get("samples")).longValue(),
        score == null ? Double.NaN : ((Number) score).doubleValue());
  }
}
