package org.trispike.datasets.format;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;

/** Files below a folder of this machine. Symbolic links that lie in it are followed. */
public final class LocalFiles implements SourceFiles {
  private final Path root;

  public LocalFiles(Path root) {
    this.root = Objects.requireNonNull(root).toAbsolutePath().normalize();
  }

  @Override
  public byte[] read(String path, long limitBytes) throws IOException {
    Path file = resolve(path);
    if (!Files.isRegularFile(file)) {
      throw new FileNotFoundException(path + " is no file in " + root);
    }
    long size = Files.size(file);
    if (size > Math.min(limitBytes, Integer.MAX_VALUE - 8)) {
      throw new IOException(path + " has " + size + " bytes, above " + limitBytes);
    }
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes((int) size);
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    return Files.isRegularFile(resolve(path));
  }

  private Path resolve(String path) throws IOException {
    Path file;
    try {
      file = root.resolve(path).normalize();
    } catch (InvalidPathException e) {
      throw new IOException(path + " is no path: " + e.getReason(), e);
    }
    if (!file.startsWith(root) || path.startsWith("/")) {
      throw new IOException(path + " leads out of " + root);
    }
    return file;
  }
}
