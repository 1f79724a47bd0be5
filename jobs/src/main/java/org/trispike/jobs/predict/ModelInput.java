package org.trispike.jobs.predict;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Preprocessing;
import org.trispike.datasets.geometry.Shape;
import org.trispike.datasets.geometry.UpAxis;
import org.trispike.datasets.geometry.Views;
import org.trispike.kernels.PointBatch;
import org.trispike.spiking.ModelPreprocessing;

/**
 * How files become what a model takes.
 *
 * @param steps those of the model
 */
public record ModelInput(ModelPreprocessing steps) {
  /** Points are drawn the same way each time. */
  private static final long SEED = 1;

  public ModelInput {
    Objects.requireNonNull(steps);
  }

  /**
   * The points of a shape, drawn and normalised as the model was trained.
   *
   * @param file with a folder, i.e. not the root
   */
  public PointCloud cloud(Path file) throws CorruptInputException {
    Source source = Source.local(file.toAbsolutePath().normalize(), Limits.defaults());
    Shape shape = ShapeReader.read(source.files(), source.path(), source.limits());
    UpAxis up = UpAxis.valueOf(steps.upAxis().toUpperCase(Locale.ROOT));
    return new Preprocessing(steps.points(), up)
        .apply(shape, ShapeReader.extension(source.path()), SEED);
  }

  /** A cloud as the turned copies whose scores the model averages. */
  public PointBatch views(PointCloud cloud) {
    return Views.of(cloud, steps.rotations());
  }
}
