package org.trispike.training.pretrain;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.training.averaging.Round;
import org.trispike.training.checkpoint.Checkpoints;
import org.trispike.training.checkpoint.Resumable;
import org.trispike.training.device.Device;
import org.trispike.training.device.Devices;
import org.trispike.training.observe.ClusterEvents;
import org.trispike.training.observe.RoundListener;
import org.trispike.training.observe.RoundListeners;

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
  private final RoundListener listener;
  private final ClusterEvents cluster = new ClusterEvents();
  private final Checkpoints checkpoints;
  private final ResultFile result;
  private final Interruption interruption;
  private final BestSoFar best = new BestSoFar();
  private final Restarts restarts;
  private Optional<Shares> shares = Optional.empty();
  private double seconds;

  /** With no one to listen but the file of metrics. */
  public PretrainAction(SparkSession session, PretrainConfig config, Progress progress) {
    this(session, config, progress, metrics -> {});
  }

  /**
   * @param listener hears of each round
   */
  public PretrainAction(
      SparkSession session, PretrainConfig config, Progress progress, RoundListener listener) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.config = config;
    this.progress = progress;
    this.listener = listener;
    this.checkpoints = Checkpoints.in(hadoop, config.output());
    this.result = new ResultFile(checkpoints, config.output());
    this.interruption = new Interruption(spark, GROUP);
    this.restarts = new Restarts(spark, config.upkeep().maxRoundRestarts(), interruption, progress);
  }

  /**
   * @throws UserError if the dataset has no vectors or does not fit, its device cannot be had, the
   *     folder belongs to other work, or the process was told to end
   */
  public PretrainResult run() {
    try (interruption) {
      interruption.open();
      DatasetManifest manifest = DatasetManifest.readTriplets(hadoop, config.dataset());
      Device.Kind device = Devices.choose(config.compute(), progress::line);
      TeacherInfo teacher = Prerequisites.check(hadoop, config, manifest);
      if (claim(manifest) == ArtefactFolder.Claim.COMPLETE) {
        progress.line("pretrain: " + config.output() + " is finished already");
        return result.read();
      }
      try (Training training = new Training(spark, hadoop, config, manifest, teacher, device)) {
        resume(training);
        Validator validator = new Validator(spark, hadoop, config, manifest, device);
        listenTo(manifest, training, listeners -> train(training, validator, listeners));
        publish(training, manifest);
      }
      return result.read();
    } finally {
      spark.clearJobGroup();
    }
  }

  /** Ends the run after the last whole round, as a signal to the process does. */
  void interrupt() {
    interruption.ask();
  }

  private ArtefactFolder.Claim claim(DatasetManifest manifest) {
    return checkpoints
        .folder()
        .claim(config.fingerprint(manifest.id()), result.fingerprint(), config.resume(), List.of());
  }

  private void resume(Training training) {
    List<String> names = checkpoints.names();
    for (String name : names) {
      best.add(name, checkpoints.read(name).state().score());
    }
    checkpoints.prune(config.upkeep().keepCheckpoints(), Set.of(best.name()));
    if (!names.isEmpty()) {
      Resumable resumable = checkpoints.readResumable(names.get(names.size() - 1));
      training.restore(resumable);
      best.resume(resumable.state().stale());
      progress.line(
          "pretrain: goes on after round "
              + training.round()
              + " of the run that "
              + config.output()
              + " holds");
    }
  }

  /** Runs rounds that the file of metrics, the listener and the counts of mishaps hear of. */
  private void listenTo(
      DatasetManifest manifest, Training training, Consumer<RoundListener> rounds) {
    MetricsFile metrics = new MetricsFile(hadoop, config.metrics(), training.round());
    RoundListener listeners = new RoundListeners(List.of(metrics, listener));
    RoundListener.Outcome outcome = RoundListener.Outcome.FAILED;
    spark.sc().addSparkListener(cluster);
    listeners.begin(config.fingerprint(manifest.id()), training.round());
    try {
      rounds.accept(listeners);
      outcome = RoundListener.Outcome.FINISHED;
    } finally {
      boolean cut = outcome != RoundListener.Outcome.FINISHED && interruption.asked();
      listeners.end(cut ? RoundListener.Outcome.INTERRUPTED : outcome);
      spark.sc().removeSparkListener(cluster);
    }
  }

  private void train(Training training, Validator validator, RoundListener listeners) {
    int rounds = training.plan().rounds();
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
    while (!training.finished() && !best.exhausts(config.upkeep().patience())) {
      Round round = step(training, rounds, listeners);
      boolean due =
          training.finished() || training.round() % config.upkeep().checkpointRounds() == 0;
      Optional<Validation> validation = due ? validate(training, validator) : Optional.empty();
      listeners.round(RoundMetrics.of(training, round, validation, cluster));
      progress.update(training.done(), RoundMetrics.sentence(training, round));
      if (due) {
        validation.ifPresent(v -> progress.line("pretrain: " + v.sentence()));
        listeners.checkpoint();
        save(training, validation.map(Validation::score).orElse(Double.NaN));
      }
    }
    if (!training.finished()) {
      progress.line(
          "pretrain: no better score in "
              + best.stale()
              + " validations, so it ends after round "
              + training.round()
              + " of "
              + rounds);
    }
  }

  private Round step(Training training, int rounds, RoundListener listeners) {
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
      throw ended(training, listeners, e);
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
  private RuntimeException ended(Training training, RoundListener listeners, RuntimeException e) {
    boolean told = interruption.asked();
    boolean cluster = e instanceof UserError error && error.kind() == UserError.Kind.ENVIRONMENT;
    if (!told && !cluster) {
      return e;
    }
    boolean known = checkpoints.names().contains(Checkpoints.name(training.round()));
    if (training.round() > 0 && !known) {
      listeners.checkpoint();
      save(training, Double.NaN);
    }
    if (!told) {
      return e;
    }
    String where =
        training.round() == 0
            ? "in its first round, of which nothing is kept. Run the same command again to begin anew"
            : "after round "
                + training.round()
                + "; a checkpoint of it lies in "
                + config.output()
                + ". Run the same command again to resume";
    return new UserError(UserError.Kind.INTERRUPTED, "The training was interrupted " + where, e);
  }

  private Optional<Validation> validate(Training training, Validator validator) {
    spark.setJobGroup(
        VALIDATION_GROUP, "pretrain: validation after round " + training.round(), true);
    return restarts.run(
        "Validation after round " + training.round(),
        () -> validator.measure(training.model("", Double.NaN, best.stale())));
  }

  private void save(Training training, double score) {
    String name = Checkpoints.name(training.round());
    best.add(name, score);
    int stale = best.stale();
    checkpoints.write(name, training.model("", score, stale), training.resumable(score, stale));
    checkpoints.prune(config.upkeep().keepCheckpoints(), Set.of(best.name()));
  }

  private void publish(Training training, DatasetManifest manifest) {
    List<String> names = checkpoints.names();
    String last = names.get(names.size() - 1);
    boolean useBest = config.upkeep().select() == Selection.VALIDATION && !best.name().isEmpty();
    String chosen = useBest ? best.name() : last;
    result.publish(training, config.fingerprint(manifest.id()), chosen, shares);
    shares.ifPresent(s -> progress.line("pretrain: " + s.sentence()));
    progress.finish(
        String.format(
            Locale.ROOT,
            "%d rounds, %d samples; %s is the result",
            training.round(),
            training.samples(),
            chosen));
  }
}
