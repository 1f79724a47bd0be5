package org.trispike.datasets.format.hdf5;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.MemoryFiles;
import org.trispike.datasets.format.Source;

/** HDF5 files that h5py wrote, and such as a test writes with jHDF. */
final class Hdf5Files {
  private Hdf5Files() {}

  static byte[] written(Path folder, Consumer<WritableHdfFile> content) {
    Path path = folder.resolve("written.h5");
    try {
      Files.deleteIfExists(path);
      try (WritableHdfFile file = HdfFile.write(path)) {
        content.accept(file);
      }
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static byte[] fixture(String name) throws IOException {
    try (InputStream in = Hdf5Files.class.getResourceAsStream("/hdf5/" + name)) {
      return in.readAllBytes();
    }
  }

  static Hdf5Clouds open(byte[] bytes) throws CorruptInputException {
    return open(bytes, Limits.defaults());
  }

  static Hdf5Clouds open(byte[] bytes, Limits limits) throws CorruptInputException {
    return Hdf5Clouds.open(Source.of(MemoryFiles.of("a.h5", bytes), "a.h5", limits));
  }
}
