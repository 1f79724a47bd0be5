package org.trispike.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;

/** The files of a run folder as text and JSON; one that is missing is empty. */
public final class RunFiles {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FileSystem files;
  private final Path root;

  /**
   * @throws UserError if there is no such folder
   */
  public RunFiles(Configuration hadoop, String directory) {
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

  /** The name of the folder itself. */
  String name() {
    return root.getName();
  }

  String text(String name) {
    return find(name).orElse("");
  }

  private Optional<String> find(String name) {
    try (InputStream in = files.open(new Path(root, name))) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + name + ": " + e.getMessage(), e);
    }
  }

  /** The object in a file; the missing node if there is no such file. */
  public JsonNode json(String name) {
    return find(name).map(text -> parse(text, name)).orElseGet(MissingNode::getInstance);
  }

  /** The objects of a file, one a line; a last line that was cut off is left out. */
  public List<JsonNode> lines(String name) {
    String text = text(name);
    List<JsonNode> lines = new ArrayList<>();
    int begin = 0;
    for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', begin)) {
      if (end > begin) {
        lines.add(parse(text.substring(begin, end), name + ", line " + (lines.size() + 1)));
      }
      begin = end + 1;
    }
    return lines;
  }

  /** Writes a file whole or not at all. */
  public Path write(String name, byte[] bytes) {
    Path target = new Path(root, name);
    try {
      NewFile.write(files, target, bytes);
      return target;
    } catch (IOException e) {
      throw UserError.environment("Cannot write " + target + ": " + e.getMessage(), e);
    }
  }

  private JsonNode parse(String text, String name) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node.isObject()) {
        return node;
      }
      throw damaged(name, "it holds no JSON object");
    } catch (JsonProcessingException e) {
      throw damaged(name, e.getOriginalMessage());
    }
  }

  /** What a reader says of a file whose content cannot be true. */
  UserError damaged(String name, String why) {
    return UserError.data(
        new Path(root, name)
            + " is damaged ("
            + why
            + "). Nothing was written; delete what the stage made and run it again");
  }
}
