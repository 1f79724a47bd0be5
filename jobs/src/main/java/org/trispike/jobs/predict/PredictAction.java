package org.trispike.jobs.predict;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.PointBatch;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.spiking.InferenceRuntime;
import org.trispike.spiking.SpikingModel;

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
    ModelInput input = new ModelInput(model.preprocessing());
    List<Prediction> predictions = new ArrayList<>();
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime runtime = model.open(compute)) {
      for (Path file : config.files()) {
        predictions.add(predict(runtime, input, file));
      }
    }
    return predictions;
  }

  private SpikingModel model() {
    try {
      return SpikingModel.read(config.model());
    } catch (NoSuchFileException e) {
      throw new UserError(
          UserError.Kind.DATA, config.model() + " holds no model: " + e.getMessage(), e);
    } catch (MalformedFileException e) {
      throw new UserError(UserError.Kind.DATA, e.getMessage(), e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + config.model() + ": " + e.getMessage(), e);
    }
  }

  private Prediction predict(InferenceRuntime runtime, ModelInput input, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    if (whole.getParent() == null) {
      return new Prediction(file.toString(), List.of(), "MISSING: it is no file");
    }
    try {
      PointBatch views = input.views(input.cloud(whole));
      return new Prediction(file.toString(), runtime.classify(views, config.top()), "");
    } catch (CorruptInputException e) {
      String where = whole.endsWith(Path.of(e.file())) ? "" : " (" + e.file() + ")";
      return new Prediction(file.toString(), List.of(), e.reason() + ": " + e.getMessage() + where);
    }
  }
}
