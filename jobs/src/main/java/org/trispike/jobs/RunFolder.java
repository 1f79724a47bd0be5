package org.trispike.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;
import org.trispike.jobs.config.Settings;
import org.trispike.jobs.config.Settings.Difference;

/** The folder of a run: one configuration, and one artefact a stage. */
final class RunFolder {
  static final String CONFIG = "config.conf";
  private static final String TO_DO = "to do";

  private final FileSystem files;
  private final Path root;

  private RunFolder(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  static RunFolder of(Configuration hadoop, Settings settings) {
    String directory = settings.config().getString("run.dir");
    try {
      Path root = new Path(directory);
      FileSystem files = ArtefactFolder.fileSystem(hadoop, root);
      return new RunFolder(files, root);
    } catch (IOException | IllegalArgumentException e) {
      throw UserError.environment("Cannot reach run.dir " + directory + ": " + e.getMessage(), e);
    }
  }

  /**
   * Makes the folder this configuration's own. What only stages to come read may still change.
   *
   * @throws UserError if a stage that was begun has seen another configuration, with what differs
   */
  void claim(Settings settings) {
    try {
      if (has(CONFIG)) {
        List<Difference> late = new ArrayList<>();
        for (Difference difference : settings.differences(read())) {
          Optional<Stage> stage = Stage.of(difference.key());
          if (stage.isPresent() && !state(stage.get()).equals(TO_DO)) {
            late.add(difference);
          }
        }
        if (!late.isEmpty()) {
          throw refusal(late);
        }
      }
      NewFile.write(files, path(CONFIG), settings.render().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserError.environment("Cannot use " + root + ": " + e.getMessage(), e);
    }
  }

  private UserError refusal(List<Difference> differences) {
    return UserError.usage(
        root
            + " belongs to a run of another configuration ("
            + shorten(differences)
            + "). Nothing was changed there. Take another folder (--set run.dir=DIR), or delete"
            + " that one");
  }

  private static String shorten(List<Difference> differences) {
    int shown = Math.min(5, differences.size());
    String first =
        differences.subList(0, shown).stream()
            .map(Difference::toString)
            .collect(Collectors.joining("; "));
    int more = differences.size() - shown;
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  private Config read() throws IOException {
    try (InputStream in = files.open(path(CONFIG))) {
      return ConfigFactory.parseString(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (ConfigException e) {
      throw UserError.data(path(CONFIG) + " cannot be read: " + e.getMessage());
    }
  }

  /** Where a stage stands, in a word. */
  String state(Stage stage) {
    try {
      if (!stage.manifest().isEmpty() && has(stage.manifest())) {
        return "finished";
      }
      return has(stage.output()) ? "begun" : TO_DO;
    } catch (IOException e) {
      throw UserError.environment("Cannot look at " + root + ": " + e.getMessage(), e);
    }
  }

  boolean has(String name) throws IOException {
    return files.exists(path(name));
  }

  Path root() {
    return root;
  }

  Path path(String name) {
    return new Path(root, name);
  }
}
