package org.trispike.jobs.inspect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.shard.DatasetManifest;

/** Says what a dataset or a file of shapes, clouds or events holds; writes it out where asked. */
public final class InspectAction {
  private final Path path;
  private final Optional<Path> out;
  private final int rows;
  private final String id;

  /**
   * @param path a dataset, or a file of any format that is read
   * @param out the folder for clouds and pictures, if they are wanted
   * @param rows of a dataset that are shown
   * @param id of the one row that is shown, or ""
   */
  public InspectAction(Path path, Optional<Path> out, int rows, String id) {
    this.path = path.toAbsolutePath().normalize();
    this.out = out;
    this.rows = rows;
    this.id = Objects.requireNonNull(id);
    if (rows < 0) {
      throw UserError.usage("--rows is not negative, but " + rows);
    }
  }

  /**
   * @throws UserError if there is nothing to look at, or it cannot be read
   */
  public List<String> run() {
    Inspection inspection = new Inspection(out);
    if (Files.isRegularFile(path.resolve(DatasetManifest.FILE))) {
      new DatasetInspection(inspection, path.toString(), rows, id).run();
    } else if (Files.isRegularFile(path)) {
      file(inspection);
    } else {
      throw UserError.data(path + " is neither a file nor a dataset (with dataset.json)");
    }
    return inspection.lines();
  }

  private void file(Inspection inspection) {
    String extension = ShapeReader.extension(path.toString());
    Source source = Source.local(path, Limits.defaults());
    try {
      if (EventReader.EXTENSIONS.contains(extension)) {
        new EventInspection(inspection).run(source);
      } else if (extension.equals("h5") || extension.equals("hdf5")) {
        ShapeInspection.container(inspection, source, rows);
      } else {
        ShapeInspection.shape(inspection, source);
      }
    } catch (CorruptInputException e) {
      throw new UserError(UserError.Kind.DATA, path + ": " + e.reason() + ": " + e.getMessage(), e);
    }
  }
}
