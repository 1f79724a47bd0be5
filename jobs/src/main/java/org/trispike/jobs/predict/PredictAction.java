package org.trispike.jobs.predict;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.spiking.Inference;
import org.trispike.spiking.InferencePaths;
import org.trispike.spiking.InferenceRuntime;
import org.trispike.spiking.OpenVocabulary;
import org.trispike.spiking.PathChoice;
import org.trispike.spiking.Ranked;
import org.trispike.spiking.SpikingModel;
import org.trispike.spiking.Weights;

/** Reads a model and ranks its classes for files, one after the other. */
public final class PredictAction {
  private final PredictConfig config;

  public PredictAction(PredictConfig config) {
    this.config = config;
  }

  /**
   * A prediction for each file; one that cannot be used has its problem in the place of classes.
   *
   * @throws UserError if the model cannot be read
   */
  public List<Prediction> run() {
    SpikingModel model = model();
    Optional<OpenVocabulary> names = names(model);
    ModelInput input = new ModelInput(model.preprocessing());
    List<Prediction> predictions = new ArrayList<>();
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime runtime = model.open(compute, paths(model))) {
      for (Path file : config.files()) {
        predictions.add(predict(runtime, names, input, file));
      }
    }
    return predictions;
  }

  private InferencePaths paths(SpikingModel model) {
    if (config.weights() == Weights.FLOAT32) {
      return InferencePaths.calibrated();
    }
    if (!model.hasPaths()) {
      throw UserError.usage(
          "--weights int8 is for networks with integer spikes; "
              + model.network().name()
              + " of "
              + config.model()
              + " is none. Leave it out");
    }
    return InferencePaths.int8();
  }

  /**
   * How each layer that sees spikes would go through clouds like the first file's; empty where no
   * layer has a choice, as with weights of 8 bits.
   *
   * @throws UserError if the model or that file cannot be read
   */
  public List<PathChoice> explain() {
    SpikingModel model = model();
    Path file = config.files().get(0);
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime runtime = model.open(compute, paths(model))) {
      return runtime.explain(views(new ModelInput(model.preprocessing()), file));
    } catch (CorruptInputException e) {
      throw new UserError(UserError.Kind.DATA, file + ": " + e.reason() + ": " + e.getMessage(), e);
    }
  }

  private SpikingModel model() {
    return read(config.model(), "model", SpikingModel::read);
  }

  /** The bank that was given, else the one that the model names. */
  private Optional<OpenVocabulary> names(SpikingModel model) {
    if (config.bank().isEmpty() && (!config.named() || model.bank().isEmpty())) {
      return Optional.empty();
    }
    if (model.alignment().isEmpty()) {
      throw UserError.data(
          config.model() + " has no alignment.safetensors, which names of a bank need");
    }
    return Optional.of(
        config.bank().isPresent()
            ? read(config.bank().get(), "bank", bank -> OpenVocabulary.open(model, bank))
            : read(
                model.bank().get().from(config.model()),
                "bank, though model.json names it (--no-bank ranks the model's own classes)",
                bank -> OpenVocabulary.named(model, bank)));
  }

  private interface Reading<R> {
    R of(Path folder) throws IOException;
  }

  private static <R> R read(Path folder, String what, Reading<R> reading) {
    try {
      return reading.of(folder);
    } catch (NoSuchFileException e) {
      throw new UserError(
          UserError.Kind.DATA, folder + " holds no " + what + ": " + e.getMessage(), e);
    } catch (MalformedFileException e) {
      throw new UserError(UserError.Kind.DATA, e.getMessage(), e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  private Prediction predict(
      InferenceRuntime runtime, Optional<OpenVocabulary> names, ModelInput input, Path file) {
    try {
      Inference inference = runtime.run(views(input, file));
      List<Ranked> ranked =
          names.isPresent() ? rank(names.get(), inference) : runtime.rank(inference, config.top());
      String problem = ranked.isEmpty() ? "SILENT: it excites nothing in the network" : "";
      return new Prediction(file.toString(), ranked, problem);
    } catch (CorruptInputException e) {
      Path whole = file.toAbsolutePath().normalize();
      String where = whole.endsWith(Path.of(e.file())) ? "" : " (" + e.file() + ")";
      return new Prediction(file.toString(), List.of(), e.reason() + ": " + e.getMessage() + where);
    }
  }

  private static PointBatch views(ModelInput input, Path file) throws CorruptInputException {
    Path whole = file.toAbsolutePath().normalize();
    if (whole.getParent() == null) {
      throw new CorruptInputException(file.toString(), Reason.MISSING, "it is no file");
    }
    return input.views(input.cloud(whole));
  }

  private List<Ranked> rank(OpenVocabulary names, Inference inference) {
    return read(config.model(), "names", model -> names.rank(inference, config.top()));
  }
}
