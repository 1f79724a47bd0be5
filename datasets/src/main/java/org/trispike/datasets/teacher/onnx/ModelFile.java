package org.trispike.datasets.teacher.onnx;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Sha256;

/**
 * A file of a teacher: where it lies, and what it holds.
 *
 * @param path on any of Hadoop's file systems, whole
 * @param sha256 of its bytes
 */
record ModelFile(Part part, String path, String sha256) {
  ModelFile {
    Objects.requireNonNull(part);
    Objects.requireNonNull(path);
    Objects.requireNonNull(sha256);
  }

  /** Takes a file as it is. */
  static ModelFile of(Configuration conf, Part part, String path) {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path);
    try {
      FileSystem files = ArtefactFolder.fileSystem(conf, file);
      try (InputStream in = files.open(file)) {
        return new ModelFile(part, files.makeQualified(file).toString(), Sha256.of(in));
      }
    } catch (IOException e) {
      throw unreadable(part, path, e);
    }
  }

  ModelFile at(String other) {
    return new ModelFile(part, other, sha256);
  }

  /** How messages call it. */
  String name() {
    return part.setting() + ": " + path;
  }

  /**
   * All its bytes.
   *
   * @throws UserError if they are not those that the teacher was made with
   */
  byte[] bytes(Configuration conf) {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path);
    try (InputStream in = ArtefactFolder.fileSystem(conf, file).open(file)) {
      byte[] bytes = in.readAllBytes();
      verify(Sha256.of(bytes));
      return bytes;
    } catch (IOException e) {
      throw unreadable(part, path, e);
    }
  }

  /**
   * The file as one of this machine: itself if it lies here, else a copy.
   *
   * @param folder for the copy, which keeps the file's name, since a model finds its data by name
   * @throws UserError if its bytes are not those that the teacher was made with
   */
  Path local(Configuration conf, Path folder) {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(path);
    MessageDigest digest = Sha256.digest();
    try {
      FileSystem files = ArtefactFolder.fileSystem(conf, file);
      boolean here = files instanceof RawLocalFileSystem;
      Path local =
          here
              ? ((RawLocalFileSystem) files).pathToFile(file).toPath()
              : folder.resolve(file.getName());
      try (InputStream in = new DigestInputStream(files.open(file), digest);
          OutputStream out =
              here ? OutputStream.nullOutputStream() : Files.newOutputStream(local)) {
        in.transferTo(out);
      }
      verify(Sha256.hex(digest));
      return local;
    } catch (IOException e) {
      throw unreadable(part, path, e);
    }
  }

  private void verify(String found) {
    if (!found.equals(sha256)) {
      throw UserError.data(
          name()
              + " has changed: its SHA-256 is "
              + found
              + ", the teacher was made with "
              + sha256
              + ". Nothing was written. Put that file back, or run embed into another folder");
    }
  }

  private static UserError unreadable(Part part, String path, IOException e) {
    return e instanceof FileNotFoundException
        ? new UserError(
            UserError.Kind.DATA,
            part.setting() + ": there is no file " + path + "; nothing was written",
            e)
        : UserError.environment(
            part.setting() + ": cannot read " + path + ": " + e.getMessage(), e);
  }
}
