package org.trispike.jobs.doctor;

import com.typesafe.config.Config;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;

/**
 * Tries the paths that the configuration names: reads what is read, and writes a small file to
 * where the run is going to write. That file stays until this is closed, for executors to find.
 */
final class Places implements AutoCloseable {
  private static final List<String> READ =
      List.of(
          "data.triplets",
          "data.root",
          "run.data",
          "teacher.clip.image-model",
          "teacher.clip.text-model",
          "evaluate.model");
  private static final String RUN = "run.dir";
  private static final String MAGIC = "fs.s3a.capability.magic.committer";

  private final Configuration hadoop;
  private final List<PlaceFacts> facts = new ArrayList<>();
  private String written = "";

  private Places(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** Tries all of them. */
  static Places look(Configuration hadoop, Config config) {
    Places places = new Places(impatient(hadoop));
    places.write(config.getString(RUN));
    for (String setting : READ) {
      if (!config.getString(setting).isEmpty()) {
        places.read(setting, config.getString(setting));
      }
    }
    return places;
  }

  /** A patient like a bucket that is not there should not be asked for minutes. */
  private static Configuration impatient(Configuration hadoop) {
    Configuration conf = new Configuration(hadoop);
    conf.setBoolean("fs.s3a.impl.disable.cache", true);
    conf.setInt("fs.s3a.attempts.maximum", 1);
    conf.setInt("fs.s3a.retry.limit", 1);
    conf.setInt("fs.s3a.connection.establish.timeout", 5000);
    conf.setInt("fs.s3a.connection.timeout", 10_000);
    conf.setInt("ipc.client.connect.max.retries", 1);
    conf.setInt("ipc.client.connect.max.retries.on.timeouts", 1);
    return conf;
  }

  List<PlaceFacts> facts() {
    return List.copyOf(facts);
  }

  /** The file that executors should find; "" if none could be written. */
  String written() {
    return written;
  }

  Configuration hadoop() {
    return hadoop;
  }

  private void read(String setting, String place) {
    try {
      Path path = new Path(place);
      FileSystem files = ArtefactFolder.fileSystem(hadoop, path);
      if (files.getFileStatus(path).isDirectory()) {
        files.listStatusIterator(path).hasNext();
      } else {
        files.open(path).close();
      }
      facts.add(found(setting, place, false, files, path));
    } catch (IOException | RuntimeException e) {
      facts.add(lost(setting, place, false, e));
    }
  }

  private void write(String place) {
    try {
      Path root = new Path(place);
      FileSystem files = ArtefactFolder.fileSystem(hadoop, root);
      Path folder = store(files, root) ? root : existing(files, files.makeQualified(root));
      Path probe = new Path(folder, "_doctor-" + UUID.randomUUID());
      NewFile.write(files, probe, new byte[] {1});
      written = files.makeQualified(probe).toString();
      facts.add(found(RUN, place, true, files, folder));
    } catch (IOException | RuntimeException e) {
      facts.add(lost(RUN, place, true, e));
    }
  }

  /** The folder itself or, as the run makes it, the nearest above that is there. */
  private static Path existing(FileSystem files, Path folder) throws IOException {
    Path nearest = folder;
    while (nearest.getParent() != null && !files.exists(nearest)) {
      nearest = nearest.getParent();
    }
    return nearest;
  }

  private static boolean store(FileSystem files, Path path) throws IOException {
    return files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM);
  }

  private static PlaceFacts found(
      String setting, String place, boolean writing, FileSystem files, Path path)
      throws IOException {
    boolean bucket = store(files, path);
    return new PlaceFacts(
        setting,
        place,
        writing,
        Optional.empty(),
        "",
        bucket,
        files.hasPathCapability(path, MAGIC),
        bucket ? Optional.empty() : Optional.of(files.getStatus(path).getRemaining()));
  }

  private static PlaceFacts lost(String setting, String place, boolean writing, Exception e) {
    return new PlaceFacts(
        setting,
        place,
        writing,
        Optional.of(PlaceFault.of(e)),
        e.getClass().getSimpleName(),
        place.startsWith("s3a://"),
        false,
        Optional.empty());
  }

  @Override
  public void close() {
    if (!written.isEmpty()) {
      Path probe = new Path(written);
      try {
        ArtefactFolder.fileSystem(hadoop, probe).delete(probe, false);
      } catch (IOException e) {
        System.getLogger(Places.class.getName())
            .log(System.Logger.Level.WARNING, "Cannot remove " + written, e);
      }
    }
  }
}
