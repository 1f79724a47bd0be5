package org.trispike.datasets.format;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Objects;

/**
 * A file that is being read, with the way to its neighbours and to the checks that carry its name.
 *
 * @param files where it lies
 * @param path its path there
 * @param limits what it may ask for
 * @param textures that were decoded before
 */
public record Source(SourceFiles files, String path, Limits limits, TextureCache textures) {
  /** A file that shares no textures with others. */
  public static Source of(SourceFiles files, String path, Limits limits) {
    return new Source(files, path, limits, new TextureCache());
  }

  /**
   * A file of this machine; what it names may lie beside it or in a neighbouring folder, as in a
   * data set.
   *
   * @param file that lies in some folder
   */
  public static Source local(Path file, Limits limits) {
    Path whole = file.toAbsolutePath().normalize();
    Path folder = Objects.requireNonNull(whole.getParent());
    Path root = folder.getParent() == null ? folder : folder.getParent();
    return of(new LocalFiles(root), root.relativize(whole).toString(), limits);
  }

  /** A neighbour of this file. */
  public Source at(String other) {
    return new Source(files, other, limits, textures);
  }

  /** All its bytes. */
  public byte[] bytes() throws CorruptInputException {
    return read(path);
  }

  /** The bytes of a file of the same root. */
  public byte[] read(String other) throws CorruptInputException {
    try {
      return files.read(other, limits.fileBytes());
    } catch (FileNotFoundException | NoSuchFileException e) {
      throw new CorruptInputException(other, Reason.MISSING, "There is no such file", e);
    } catch (IOException e) {
      boolean large = String.valueOf(e.getMessage()).contains("bytes, above");
      throw new CorruptInputException(
          other,
          large ? Reason.TOO_LARGE : Reason.CORRUPT_INPUT,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  /** The path of a neighbour that this file names; refused if it leads out of the root. */
  public String sibling(String reference) throws CorruptInputException {
    String slashed = reference.replace('\\', '/');
    boolean relative = !slashed.startsWith("/") && slashed.indexOf(':') < 0 && !slashed.isBlank();
    check(relative, Reason.UNSUPPORTED, "'%s' is not a file beside this one", brief(reference));
    check(slashed.indexOf('\0') < 0, Reason.UNSUPPORTED, "A file name holds a zero byte");
    ArrayDeque<String> parts = new ArrayDeque<>();
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    for (String part : (folder + slashed).split("/", -1)) {
      if (part.equals("..")) {
        check(
            !parts.isEmpty(),
            Reason.UNSUPPORTED,
            "'%s' leads out of the data's folder",
            brief(reference));
        parts.removeLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
    }
    check(!parts.isEmpty(), Reason.UNSUPPORTED, "'%s' is not a file", brief(reference));
    return String.join("/", parts);
  }

  public void check(boolean ok, Reason reason, String message) throws CorruptInputException {
    if (!ok) {
      throw new CorruptInputException(path, reason, message);
    }
  }

  public void check(boolean ok, Reason reason, String message, long value)
      throws CorruptInputException {
    if (!ok) {
      throw bad(reason, message, value);
    }
  }

  public void check(boolean ok, Reason reason, String message, long value, long bound)
      throws CorruptInputException {
    if (!ok) {
      throw bad(reason, message, value, bound);
    }
  }

  public void check(boolean ok, Reason reason, String message, Object value)
      throws CorruptInputException {
    if (!ok) {
      throw bad(reason, message, value);
    }
  }

  public CorruptInputException bad(Reason reason, String message, Object... values) {
    return new CorruptInputException(path, reason, String.format(Locale.ROOT, message, values));
  }

  /** At most 80 characters of what a file says. */
  public static String brief(String text) {
    return text.length() <= 80 ? text : text.substring(0, 77) + "...";
  }
}
