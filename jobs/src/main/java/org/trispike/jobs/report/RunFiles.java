package org.trispike.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;

/** The files of a run folder as text and JSON; one that is missing is empty. */
final class RunFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FileSystem files;
  private final Path root;

  RunFiles(Configuration hadoop, String directory) {
    try {
      root = new Path(directory);
      files = ArtefactFolder.fileSystem(hadoop, root);
      if (!files.exists(root)) {
        throw UserError.data("There is no run in " + directory + " (run.dir)");
      }
    } catch (IOException | IllegalArgumentException e) {
      throw UserError.environment("Cannot reach " + directory + ": " + e.getMessage(), e);
    }
  }

  String text(String name) {
    try (InputStream in = files.open(new Path(root, name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      return "";
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  /** The object in a file; the missing node if there is no such file. */
  JsonNode json(String name) {
    String text = text(name);
    return text.isEmpty() ? MissingNode.getInstance() : parse(text, name);
  }

  /** The objects of a file, one a line; a last line that was cut off is left out. */
  List<JsonNode> lines(String name) {
    String text = text(name);
    List<JsonNode> lines = new ArrayList<>();
    int begin = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      if (end > begin) {
        lines.add(parse(text.substring(begin, end), name));
      }
      begin = end + 1;
    }
    return lines;
  }

  /** Writes a file whole or not at all. */
  Path write(String name, byte[] bytes) {
    Path target = new Path(root, name);
    Path temporary = new Path(root, "_" + name);
    try {
      try (OutputStream out = files.create(temporary, true)) {
        out.write(bytes);
      }
      files.delete(target, false);
      if (!files.rename(temporary, target)) {
        throw new IOException("Cannot rename " + temporary);
      }
      return target;
    } catch (IOException e) {
      throw UserError.environment("Cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode parse(String text, String name) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw UserError.data(name + " of the run is no JSON: " + e.getMessage());
    }
  }
}
