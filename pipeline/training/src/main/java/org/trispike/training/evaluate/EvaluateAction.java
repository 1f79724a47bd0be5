package org.trispike.training.evaluate;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.SparkStage;
import org.trispike.kernels.io.Json;
import org.trispike.spiking.Weights;
import org.trispike.training.classes.ClassList;

/**
 * Measures a model: how often it names a shape rightly without having been taught the classes,
 * beside a plain nearest neighbour and a twin; whether shapes find their texts and pictures; and
 * what a shape costs.
 */
public final class EvaluateAction {
  private static final String GROUP = "evaluate";

  private final JavaSparkContext spark;
  private final Configuration hadoop;
  private final EvaluateConfig config;
  private final Progress progress;

  public EvaluateAction(SparkSession session, EvaluateConfig config, Progress progress) {
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.hadoop = session.sparkContext().hadoopConfiguration();
    this.config = config;
    this.progress = progress;
  }

  /**
   * @throws UserError if model, input or classes cannot be used, the folder is in use, or too many
   *     rows are bad
   */
  public EvaluationResult run() {
    ModelFiles files = ModelFiles.read(hadoop, config.model());
    TextSides teachers = new TextSides(hadoop, config.teacher(), config.dataset());
    return evaluate(files, teachers, new Inputs(hadoop, config, progress).open(files, teachers));
  }

  private <U extends Serializable> EvaluationResult evaluate(
      ModelFiles files, TextSides teachers, Input<U> input) {
    Optional<ClassList> asked = classes(input);
    Contender model = Contender.of(files, asked, config.templates(), teachers);
    if (config.weights() == Weights.INT8 && !model.model().hasPaths()) {
      throw UserError.usage(
          "evaluate.weights = int8 is for networks with integer spikes; "
              + model.model().network().name()
              + " of "
              + config.model()
              + " is none. Nothing was measured; leave it out");
    }
    Optional<Contender> twin = twin(asked, teachers);
    Optional<Vocabulary> bank = Vocabulary.of(hadoop, config, model.model());
    int rotations =
        config.rotations() > 0 ? config.rotations() : model.model().preprocessing().rotations();
    Output output = new Output(hadoop, config, fingerprint(model, twin, bank, input, rotations));
    Optional<EvaluationResult> finished = output.claim();
    if (finished.isPresent()) {
      progress.line("evaluate: " + config.output() + " is finished already");
      return finished.get();
    }
    Subject subject = subject(model, twin, bank, rotations, input);
    long start = System.nanoTime();
    Measurement sum = measure(input, subject, model);
    double seconds = (System.nanoTime() - start) * 1e-9;
    reject(input, sum, output);
    Optional<Retrieval> retrieval =
        sum.vectors.isEmpty()
            ? Optional.empty()
            : Optional.of(Retrieval.measure(spark, sum.vectors, GROUP, progress));
    Optional<NameRanking> names =
        bank.map(b -> NameRanking.measure(spark, b, sum.named, GROUP, progress));
    EvaluationJson json = new EvaluationJson(sum, model);
    Map<String, Object> figures =
        json.figures(
            output.fingerprint(),
            input.source(),
            rotations,
            config.weights(),
            twin,
            retrieval,
            names,
            teachers.tower(model),
            seconds);
    EvaluationResult result = output.publish(sum.bad, json.examples(), Json.write(figures));
    progress.finish(summary(sum, seconds));
    return result;
  }

  /** The asked classes: a file's, else a list's categories, else none but the model's own. */
  private Optional<ClassList> classes(Input<?> input) {
    if (!config.classes().isEmpty()) {
      return Optional.of(ClassList.read(hadoop, config.classes()));
    }
    if (config.list().isEmpty()) {
      return Optional.empty();
    }
    ClassList categories = ClassList.ofCategories(input.categories());
    return categories.classes().isEmpty() ? Optional.empty() : Optional.of(categories);
  }

  private Optional<Contender> twin(Optional<ClassList> asked, TextSides teachers) {
    if (config.twin().isEmpty()) {
      return Optional.empty();
    }
    ModelFiles files = ModelFiles.read(hadoop, config.twin());
    return Optional.of(Contender.of(files, asked, config.templates(), teachers));
  }

  private String fingerprint(
      Contender model,
      Optional<Contender> twin,
      Optional<Vocabulary> bank,
      Input<?> input,
      int rotations) {
    List<String> parts =
        new ArrayList<>(
            List.of(
                "evaluation " + EvaluationJson.VERSION,
                model.files().hash(),
                twin.map(other -> other.files().hash()).orElse(""),
                input.identity(),
                Integer.toString(rotations),
                config.weights().name(),
                Long.toString(config.seed())));
    // Without a bank it is what it was before there were any.
    bank.ifPresent(names -> parts.add("bank " + names.id()));
    return Output.fingerprint(parts);
  }

  private Subject subject(
      Contender model,
      Optional<Contender> twin,
      Optional<Vocabulary> bank,
      int rotations,
      Input<?> input) {
    if (model.fresh()) {
      progress.line(
          "evaluate: a head of "
              + model.model().classes().size()
              + " classes was made for this evaluation; the model folder stays as it is");
    }
    return new Subject(
        model.files(),
        twin.map(Contender::files).orElse(null),
        rotations,
        config.weights(),
        config.examples(),
        config.seed(),
        input.vectors(),
        bank.orElse(null));
  }

  private <U extends Serializable> Measurement measure(
      Input<U> input, Subject subject, Contender model) {
    int classes = model.model().classes().size();
    String description =
        String.format(
            Locale.ROOT,
            "evaluate: %d shapes (%s) in %d classes by %s",
            input.rows(),
            input.source(),
            classes,
            model.model().network().name());
    progress.start(description, input.units().size());
    Broadcast<Subject> broadcast = spark.broadcast(subject);
    try {
      List<Measurement> parts =
          SparkStage.collect(
              spark,
              spark
                  .parallelize(input.units(), Math.max(1, input.units().size()))
                  .map(new MeasureTask<>(input.shapes(), broadcast, hadoop)),
              GROUP,
              description,
              progress,
              done -> done + " of " + input.units().size() + " " + input.word());
      return Measurement.sum(parts, classes, config.examples());
    } finally {
      broadcast.destroy();
    }
  }

  /** Adds the rows that were none from the start, and gives up if there are too many in all. */
  private void reject(Input<?> input, Measurement sum, Output output) {
    sum.bad.addAll(input.bad());
    BadRows rows = new BadRows(sum.bad);
    rows.tell(progress);
    if (config.list().isPresent()) {
      long all = input.rows() + input.bad().size();
      rows.tooMany(all, config.list().get().maxBadRatio())
          .ifPresent(
              message -> {
                throw UserError.data(message + output.abandon(sum.bad));
              });
    }
  }

  private static String summary(Measurement sum, double seconds) {
    return String.format(
        Locale.ROOT,
        "%d shapes in %.1f s, %.1f shapes/s; tasks read for %.1f s and measured for %.1f s",
        sum.shapes,
        seconds,
        seconds > 0 ? sum.shapes / seconds : 0,
        sum.readNanos * 1e-9,
        sum.inferenceNanos * 1e-9);
  }
}
