package org.trispike.vq.bank;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.trispike.kernels.io.JsonFields;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;

/**
 * A file of a bank.
 *
 * @param name in the bank's folder
 * @param bytes its length
 * @param sha256 of its bytes
 */
public record BankFile(String name, long bytes, String sha256) implements Serializable {
  /** A name that cannot lead out of the folder. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*[.][a-z]+");

  public BankFile {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a bank's file");
    }
    if (bytes < 0 || sha256.length() != 64) {
      throw new IllegalArgumentException(name + " has " + bytes + " bytes and hash " + sha256);
    }
  }

  Map<String, Object> json() {
    return new TreeMap<>(Map.of("name", name, "bytes", bytes, "sha256", sha256));
  }

  static BankFile read(JsonFields fields) throws MalformedFileException {
    return new BankFile(fields.text("name"), fields.wide("bytes"), fields.text("sha256"));
  }

  /** The file below {@code folder}; its length is looked at, its bytes are not. */
  Path in(Path folder) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "named by " + BankManifest.FILE);
    }
    if (Files.size(file) != bytes) {
      throw new MalformedFileException(
          file.toString(),
          Reason.TRUNCATED,
          "has " + Files.size(file) + " bytes, " + BankManifest.FILE + " says " + bytes);
    }
    return file;
  }
}
