package org.trispike.training.bank;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.Sha256;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankPart;
import org.trispike.vq.bank.BankVectors;

/** The files of a bank on any file system; each is hashed on its way. */
final class BankStore {
  private BankStore() {}

  /** What writes the bytes. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file to its end, and closes it. */
  static BankFile write(NewFile file, String name, Content content) throws IOException {
    try (file) {
      MessageDigest digest = Sha256.digest();
      long[] bytes = new long[1];
      OutputStream counted =
          new DigestOutputStream(file.stream(), digest) {
            @Override
            public void write(int b) throws IOException {
              super.write(b);
              bytes[0]++;
            }

            @Override
            public void write(byte[] b, int from, int count) throws IOException {
              super.write(b, from, count);
              bytes[0] += count;
            }
          };
      content.writeTo(counted);
      file.commit();
      return new BankFile(name, bytes[0], Sha256.hex(digest));
    }
  }

  /** A file that a former run finished, if it did. */
  static Optional<BankFile> finished(ArtefactFolder folder, String name) throws IOException {
    if (!folder.exists(name)) {
      return Optional.empty();
    }
    try (InputStream in = folder.open(name)) {
      return Optional.of(new BankFile(name, folder.size(name), Sha256.of(in)));
    }
  }

  /**
   * The rows of a part.
   *
   * @throws UserError if the file is another than the manifest says
   */
  static FloatArray rows(ArtefactFolder folder, BankPart part, int columns) throws IOException {
    BankFile file = part.vectors();
    MessageDigest digest = Sha256.digest();
    try (InputStream in = new DigestInputStream(folder.open(file.name()), digest)) {
      String source = folder.path(file.name()).toString();
      FloatArray rows = BankVectors.read(in, file.bytes(), source, part.rows(), columns);
      in.transferTo(OutputStream.nullOutputStream());
      check(folder, file, Sha256.hex(digest));
      return rows;
    } catch (MalformedFileException e) {
      throw new UserError(UserError.Kind.DATA, e.getMessage() + ". Nothing was published", e);
    }
  }

  /** The bytes of a small file; throws a UserError if it is another than the manifest says. */
  static byte[] bytes(ArtefactFolder folder, BankFile file) throws IOException {
    byte[] bytes = folder.read(file.name());
    check(folder, file, Sha256.of(bytes));
    return bytes;
  }

  private static void check(ArtefactFolder folder, BankFile file, String hash) {
    if (!hash.equals(file.sha256())) {
      throw UserError.data(
          folder.path(file.name())
              + ": its SHA-256 is not the one in "
              + BankManifest.FILE
              + ". Nothing was published");
    }
  }

  /**
   * The manifest of a folder.
   *
   * @throws UserError if there is none, or it is damaged
   */
  static BankManifest manifest(ArtefactFolder folder) {
    try {
      return BankManifest.parse(
          folder.read(BankManifest.FILE), folder.path(BankManifest.FILE).toString());
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA,
          folder.root() + " holds no bank (bank.json is missing): run embed-names first",
          e);
    } catch (MalformedFileException e) {
      throw new UserError(UserError.Kind.DATA, e.getMessage(), e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  /** A provenance value of the manifest that is there, or "". */
  static String provenance(ArtefactFolder folder, String key) {
    try {
      return folder.exists(BankManifest.FILE)
          ? manifest(folder).provenance().getOrDefault(key, "")
          : "";
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder.root() + ": " + e.getMessage(), e);
    }
  }
}
