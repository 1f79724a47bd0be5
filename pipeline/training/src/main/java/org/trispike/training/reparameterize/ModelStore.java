package org.trispike.training.reparameterize;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.evaluate.Neighbours;

/** Carries a model between the local folder that the runtime knows and any file system. */
final class ModelStore {
  static final String MANIFEST = "model.json";

  private static final List<String> NAMES =
      List.of("model.safetensors", "alignment.safetensors", Neighbours.FILE);

  private ModelStore() {}

  private interface Use<R> {
    R of(Path folder) throws IOException;
  }

  /** Publishes a model: all files, its manifest last. */
  static void publish(SpikingModel model, Neighbours neighbours, ArtefactFolder target) {
    Map<String, byte[]> files =
        temporarily(
            folder -> {
              model.write(folder);
              if (neighbours.size() > 0) {
                neighbours.write(folder);
              }
              return bytes(folder);
            });
    try {
      for (String name : NAMES) {
        if (files.containsKey(name)) {
          target.write(name, files.get(name));
        }
      }
      target.publish(files.get(MANIFEST));
    } catch (IOException e) {
      throw UserError.environment("Cannot write " + target.root() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Puts a model with another head in the place of one that is there. Files change one after the
   * other; a reader in between finds hashes that do not match, and says so.
   */
  static void replace(SpikingModel model, ArtefactFolder target) {
    Map<String, byte[]> files =
        temporarily(
            folder -> {
              model.write(folder);
              return bytes(folder);
            });
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        if (!file.getKey().equals(MANIFEST)) {
          target.write(file.getKey(), file.getValue());
        }
      }
      target.publish(files.get(MANIFEST));
    } catch (IOException e) {
      throw UserError.environment("Cannot write " + target.root() + ": " + e.getMessage(), e);
    }
  }

  static SpikingModel read(ArtefactFolder source) {
    return temporarily(
        folder -> {
          for (String name : NAMES) {
            try {
              Files.write(folder.resolve(name), source.read(name));
            } catch (FileNotFoundException e) {
              // The manifest says which of the files must be there.
              continue;
            }
          }
          Files.write(folder.resolve(MANIFEST), source.read(MANIFEST));
          return SpikingModel.read(folder);
        });
  }

  private static Map<String, byte[]> bytes(Path folder) throws IOException {
    Map<String, byte[]> bytes = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return bytes;
  }

  private static <R> R temporarily(Use<R> use) {
    try {
      Path folder = Files.createTempDirectory("trispike-model-");
      try {
        return use.of(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw UserError.environment("The model cannot be carried over: " + e.getMessage(), e);
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
