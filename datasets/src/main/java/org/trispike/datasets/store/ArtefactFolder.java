package org.trispike.datasets.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;

/**
 * A folder that becomes an artefact when its manifest is there, and not before.
 *
 * <p>Each file is there whole or not at all, see {@link NewFile}; {@code _attempt} names the input
 * of the work in progress, so that only the same work continues in a folder that was left
 * unfinished. Names that start with an underscore vanish when the manifest is published.
 */
public final class ArtefactFolder {
  private static final String ATTEMPT = "_attempt";
  private static final String TEMPORARY = "_tmp";

  /** How a claimed folder was found. */
  public enum Claim {
    /** Nothing was there. */
    FRESH,
    /** The same work was begun and not finished. */
    RESUMED,
    /** The same work is finished. */
    COMPLETE
  }

  private final FileSystem files;
  private final Path root;
  private final String manifest;
  private TaskOutput tasks = new OneByOne();

  private ArtefactFolder(FileSystem files, Path root, String manifest) {
    this.files = files;
    this.root = root;
    this.manifest = manifest;
  }

  /** The folder {@code directory} (a path or a URI), whose manifest has the given name. */
  public static ArtefactFolder of(Configuration conf, String directory, String manifest) {
    Path root = new Path(directory);
    try {
      FileSystem files = fileSystem(conf, root);
      return new ArtefactFolder(files, files.makeQualified(root), manifest);
    } catch (IOException e) {
      throw UserError.environment("Cannot reach " + directory + ": " + e.getMessage(), e);
    }
  }

  /** The file system of a path; local files without Hadoop's own .crc files beside them. */
  public static FileSystem fileSystem(Configuration conf, Path path) throws IOException {
    FileSystem files = path.getFileSystem(conf);
    return files instanceof LocalFileSystem local ? local.getRawFileSystem() : files;
  }

  public Path root() {
    return root;
  }

  public Path path(String name) {
    return new Path(root, name);
  }

  /**
   * Makes the folder this work's own, or refuses.
   *
   * @param fingerprint of the input and of all that decides the output
   * @param finished the fingerprint in the manifest that is there, or "" if there is none
   * @param resume whether unfinished or finished work of the same fingerprint may be taken up
   * @param expendable names that may be there and are then removed, e.g. a failed run's quarantine
   * @throws UserError if the folder is used by something else
   */
  public Claim claim(String fingerprint, String finished, boolean resume, List<String> expendable) {
    try {
      List<String> names = names("");
      if (names.contains(manifest)) {
        if (resume && finished.equals(fingerprint)) {
          tidy();
          return Claim.COMPLETE;
        }
        throw used("a finished result" + (resume ? " of another input or configuration" : ""));
      }
      if (names.contains(ATTEMPT)) {
        if (!resume) {
          throw used("an unfinished run, and resuming was turned off");
        }
        if (!new String(read(ATTEMPT), StandardCharsets.UTF_8).equals(fingerprint)) {
          throw used("an unfinished run of another input or configuration");
        }
        delete(TEMPORARY);
        MagicOutput.recover(this);
        return Claim.RESUMED;
      }
      for (String name : names) {
        if (!expendable.contains(name) && !name.equals(TEMPORARY)) {
          throw used("'" + name + "', which is not this program's work");
        }
      }
      for (String name : names) {
        delete(name);
      }
      write(ATTEMPT, fingerprint.getBytes(StandardCharsets.UTF_8));
      return Claim.FRESH;
    } catch (IOException e) {
      throw UserError.environment("Cannot use " + root + ": " + e.getMessage(), e);
    }
  }

  private UserError used(String what) {
    return UserError.usage(
        root
            + " already holds "
            + what
            + "; nothing was changed there. Give another folder (run.dir), or delete that one");
  }

  FileSystem files() {
    return files;
  }

  /** Opens a file that the driver writes. */
  public NewFile create(String name) throws IOException {
    return create(name, 0);
  }

  NewFile create(String name, long attempt) throws IOException {
    Path temporary = path(TEMPORARY + "/" + name.replace('/', '-') + "." + attempt);
    return NewFile.create(files, path(name), temporary);
  }

  /** Prepares for files that the tasks of a Spark job write; publishing shows them all. */
  public TaskOutput openTasks() throws IOException {
    if (files.hasPathCapability(root, MagicOutput.CAPABILITY)) {
      tasks = MagicOutput.begin(this);
    }
    return tasks;
  }

  /** Shows what tasks wrote; without its manifest the folder still is no artefact. */
  public void showTasks() throws IOException {
    tasks.commit(this);
    tasks = new OneByOne();
  }

  /** Writes a small file so that it is there whole or not at all. */
  public void write(String name, byte[] bytes) throws IOException {
    try (NewFile file = create(name)) {
      file.stream().write(bytes);
      file.commit();
    }
  }

  /** Writes the manifest, from when on the folder is an artefact, and removes the scaffolding. */
  public void publish(byte[] bytes) throws IOException {
    showTasks();
    write(manifest, bytes);
    tidy();
  }

  /** Gives an unfinished folder up: what remains is only what the caller left there on purpose. */
  public void abandon() throws IOException {
    MagicOutput.abandonAny(this);
    tidy();
  }

  private void tidy() throws IOException {
    for (String name : names("")) {
      if (name.startsWith("_")) {
        delete(name);
      }
    }
  }

  public InputStream open(String name) throws IOException {
    return files.open(path(name));
  }

  public byte[] read(String name) throws IOException {
    try (InputStream in = open(name)) {
      return in.readAllBytes();
    }
  }

  public boolean exists(String name) throws IOException {
    return files.exists(path(name));
  }

  public long size(String name) throws IOException {
    return files.getFileStatus(path(name)).getLen();
  }

  /** Names in a folder below the root, sorted; none if it is not there. */
  public List<String> names(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder.isEmpty() ? root : path(folder))) {
        names.add(status.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return List.of();
    }
    names.sort(null);
    return names;
  }

  public void delete(String name) throws IOException {
    files.delete(path(Objects.requireNonNull(name)), true);
  }
}
