package org.trispike.training.evaluate;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Sha256;
import org.trispike.spiking.SpikingModel;

/**
 * The files of a model folder as bytes: how a model travels to executors, which may not see the
 * folder, and from file systems that are not local.
 */
public final class ModelFiles implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String JSON = "model.json";
  private static final List<String> NAMES =
      List.of(JSON, "model.safetensors", "alignment.safetensors", Neighbours.FILE);

  private final String folder;
  private final TreeMap<String, byte[]> files;

  private ModelFiles(String folder, TreeMap<String, byte[]> files) {
    this.folder = folder;
    this.files = files;
  }

  /**
   * @throws UserError if the folder holds no finished model
   */
  public static ModelFiles read(Configuration conf, String folder) {
    ArtefactFolder source = ArtefactFolder.of(conf, folder, JSON);
    TreeMap<String, byte[]> files = new TreeMap<>();
    for (String name : NAMES) {
      try {
        files.put(name, source.read(name));
      } catch (FileNotFoundException e) {
        // Only the manifest must be there; it says which of the others must.
        if (name.equals(JSON)) {
          throw new UserError(
              UserError.Kind.DATA,
              folder + " holds no model (" + JSON + " is missing): run reparameterize first",
              e);
        }
      } catch (IOException e) {
        throw UserError.environment("Cannot read " + folder + ": " + e.getMessage(), e);
      }
    }
    return new ModelFiles(folder, files);
  }

  /** These files with another head: what the model writes takes the place of what was read. */
  ModelFiles with(SpikingModel model) {
    TreeMap<String, byte[]> all = new TreeMap<>(files);
    Path temporary = temporary();
    try {
      model.write(temporary);
      try (Stream<Path> written = Files.list(temporary)) {
        for (Path file : written.toList()) {
          all.put(file.getFileName().toString(), Files.readAllBytes(file));
        }
      }
    } catch (IOException e) {
      throw UserError.environment("Cannot write to " + temporary + ": " + e.getMessage(), e);
    } finally {
      delete(temporary);
    }
    return new ModelFiles(folder, all);
  }

  /** What is read of a folder of files. */
  interface Reading<R> {
    R of(Path folder) throws IOException;
  }

  /**
   * Reads the files as a local folder.
   *
   * @throws UserError that names the folder they came from, if they are damaged
   */
  <R> R open(Reading<R> reading) {
    Path temporary = temporary();
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Files.write(temporary.resolve(file.getKey()), file.getValue());
      }
      return reading.of(temporary);
    } catch (IOException e) {
      String what = String.valueOf(e.getMessage()).replace(temporary.toString(), folder);
      throw new UserError(
          UserError.Kind.DATA,
          folder + " holds no model that can be used: " + what + ". Nothing was written",
          e);
    } finally {
      delete(temporary);
    }
  }

  /** The model, read anew. */
  public SpikingModel model() {
    return open(SpikingModel::read);
  }

  public String folder() {
    return folder;
  }

  /** Tells these files from any others, wherever they lie. */
  public String hash() {
    return Sha256.of(
        files.entrySet().stream()
            .map(file -> file.getKey() + " " + Sha256.of(file.getValue()))
            .collect(Collectors.joining("\n")));
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("trispike-model-");
    } catch (IOException e) {
      throw UserError.environment("Cannot make a temporary folder: " + e.getMessage(), e);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
