package org.trispike.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.quickstart.QuickstartAction;
import org.trispike.jobs.quickstart.QuickstartConfig;
import org.trispike.jobs.quickstart.QuickstartResult;

/** Generates shapes into a run folder, wherever that is. */
final class GeneratedShapes {
  private GeneratedShapes() {}

  /**
   * @throws UserError if the folder cannot be written
   */
  static QuickstartResult make(QuickstartConfig config, String folder, Settings settings) {
    Path target = new Path(folder);
    try {
      FileSystem files = ArtefactFolder.fileSystem(Sessions.hadoop(settings.config()), target);
      if (files instanceof RawLocalFileSystem local) {
        return new QuickstartAction(config, local.pathToFile(target).toPath()).run();
      }
      java.nio.file.Path made = Files.createTempDirectory("trispike-shapes-");
      QuickstartResult result = new QuickstartAction(config, made).run();
      move(made, files, target);
      return result;
    } catch (IOException e) {
      throw UserError.environment("Cannot write shapes to " + folder + ": " + e.getMessage(), e);
    }
  }

  private static void move(java.nio.file.Path made, FileSystem files, Path target)
      throws IOException {
    try (Stream<java.nio.file.Path> all = Files.walk(made)) {
      // Files before the folders that hold them.
      List<java.nio.file.Path> paths = all.sorted(Comparator.reverseOrder()).toList();
      for (java.nio.file.Path path : paths) {
        if (Files.isRegularFile(path)) {
          Path copy = new Path(target, made.relativize(path).toString());
          files.copyFromLocalFile(false, true, new Path(path.toUri()), copy);
        }
        Files.delete(path);
      }
    }
  }
}
