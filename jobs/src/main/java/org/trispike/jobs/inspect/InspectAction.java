package org.trispike.jobs.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.store.ArtefactFolder;

/** Says what a dataset or a file of shapes, clouds or events holds; writes it out where asked. */
public final class InspectAction {
  private final Configuration hadoop;
  private final String path;
  private final Optional<Path> out;
  private final int rows;
  private final String id;

  /**
   * @param hadoop how file systems are reached
   * @param path a dataset anywhere, or a local file of any format that is read
   * @param out the folder for clouds and pictures, if they are wanted
   * @param rows of a dataset that are shown
   * @param id of the one row that is shown, or ""
   */
  public InspectAction(Configuration hadoop, String path, Optional<Path> out, int rows, String id) {
    this.hadoop = hadoop;
    this.path = Objects.requireNonNull(path);
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
    Path file = Path.of(path).toAbsolutePath().normalize();
    if (Files.isRegularFile(file)) {
      file(inspection, file);
    } else if (isDataset()) {
      new DatasetInspection(hadoop, inspection, path, rows, id).run();
    } else {
      throw UserError.data(path + " is neither a file nor a dataset (with dataset.json)");
    }
    return inspection.lines();
  }

  private boolean isDataset() {
    ArtefactFolder folder = ArtefactFolder.of(hadoop, path, DatasetManifest.FILE);
    try {
      return folder.exists(DatasetManifest.FILE);
    } catch (IOException e) {
      throw UserError.environment("Cannot look at " + path + ": " + e.getMessage(), e);
    }
  }

  private void file(Inspection inspection, Path file) {
    String extension = ShapeReader.extension(file.toString());
    Source source = Source.local(file, Limits.defaults());
    try {
      if (EventReader.EXTENSIONS.contains(extension)) {
        new EventInspection(inspection).run(source);
      } else if (extension.equals("h5") || extension.equals("hdf5")) {
        ShapeInspection.container(inspection, source, rows);
      } else {
        ShapeInspection.shape(inspection, source);
      }
    } catch (CorruptInputException e) {
      throw new UserError(UserError.Kind.DATA, file + ": " + e.reason() + ": " + e.getMessage(), e);
    }
  }
}
