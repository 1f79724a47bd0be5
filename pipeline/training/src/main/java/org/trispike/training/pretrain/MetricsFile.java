package org.trispike.training.pretrain;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.training.observe.RoundListener;

/**
 * {@code metrics.jsonl}: an object a line, one line a round. The whole file is written again each
 * time it is flushed, since object stores cannot append.
 */
final class MetricsFile implements RoundListener {
  private static final long FLUSH_NANOS = 5_000_000_000L;

  private final Path path;
  private final FileSystem files;
  private final StringBuilder lines = new StringBuilder();
  private long flushed = System.nanoTime();

  /**
   * @param round lines of later rounds, which a resumed run does again, are dropped
   */
  MetricsFile(Configuration hadoop, String file, int round) {
    path = new Path(file);
    try {
      files = ArtefactFolder.fileSystem(hadoop, path);
      if (round > 0) {
        keep(round);
      }
    } catch (IOException e) {
      throw failure(e);
    }
  }

  private void keep(int round) throws IOException {
    try (InputStream in = files.open(path)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().toList()) {
        if (Json.parseObject(line).get("round") instanceof Number number
            && number.intValue() <= round) {
          lines.append(line).append('\n');
        }
      }
    } catch (FileNotFoundException e) {
      // The checkpoints are what counts; a lost file of metrics begins anew.
      return;
    } catch (JsonException e) {
      throw new UserError(
          UserError.Kind.DATA, path + " has a line that is no JSON: " + e.getMessage(), e);
    }
  }

  @Override
  public void round(Map<String, Object> metrics) {
    lines.append(Json.writeCompact(metrics)).append('\n');
    if (System.nanoTime() - flushed > FLUSH_NANOS) {
      checkpoint();
    }
  }

  /**
   * Writes what there is. Before a checkpoint, since a resumed run drops lines too many, but cannot
   * make up for lost ones.
   */
  @Override
  public void checkpoint() {
    try {
      NewFile.write(files, path, lines.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw failure(e);
    }
    flushed = System.nanoTime();
  }

  private UserError failure(IOException e) {
    return UserError.environment(
        "Cannot write " + path + ": " + e.getMessage() + "; checkpoints are untouched", e);
  }
}
