package org.trispike.jobs.predict;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Preprocessing;
import org.trispike.datasets.geometry.Shape;
import org.trispike.datasets.geometry.UpAxis;
import org.trispike.datasets.geometry.Views;
import org.trispike.kernels.Compute;
import org.trispike.kernels.Computes;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.spiking.InferenceRuntime;
import org.trispike.spiking.ModelPreprocessing;
import org.trispike.spiking.SpikingModel;

/** Reads a model and ranks its classes for files, one after the other. */
public final class PredictAction {
  /** Points are drawn the same way each time. */
  private static final long SEED = 1;

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
    ModelPreprocessing steps = model.preprocessing();
    UpAxis up = UpAxis.valueOf(steps.upAxis().toUpperCase(Locale.ROOT));
    Preprocessing preprocessing = new Preprocessing(steps.points(), up);
    List<Prediction> predictions = new ArrayList<>();
    try (Compute compute = Computes.cpu(1);
        InferenceRuntime runtime = model.open(compute)) {
      for (Path file : config.files()) {
        predictions.add(predict(runtime, preprocessing, steps.rotations(), file));
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

  private Prediction predict(
      InferenceRuntime runtime, Preprocessing preprocessing, int rotations, Path file) {
    Path whole = file.toAbsolutePath().normalize();
    if (whole.getParent() == null) {
      return new Prediction(file.toString(), List.of(), "MISSING: it is no file");
    }
    Source source = Source.local(whole, Limits.defaults());
    try {
      Shape shape = ShapeReader.read(source.files(), source.path(), source.limits());
      String extension = ShapeReader.extension(whole.toString());
      PointCloud cloud = preprocessing.apply(shape, extension, SEED);
      return new Prediction(
          file.toString(), runtime.classify(Views.of(cloud, rotations), config.top()), "");
    } catch (CorruptInputException e) {
      String where = whole.endsWith(Path.of(e.file())) ? "" : " (" + e.file() + ")";
      return new Prediction(file.toString(), List.of(), e.reason() + ": " + e.getMessage() + where);
    }
  }
}
