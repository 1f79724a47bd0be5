package org.trispike.notebooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A notebook file of this module. */
record Notebook(Path file, JsonNode json) {
  /** The run that they are about unless their reader names another. */
  static final String RUN = "\"runs/quickstart\"";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Notebook read(Path file) throws IOException {
    return new Notebook(file, MAPPER.readTree(Files.readAllBytes(file)));
  }

  static List<Notebook> all() throws IOException {
    List<Notebook> notebooks = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(""))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".ipynb")).sorted().toList()) {
        notebooks.add(read(file));
      }
    }
    return notebooks;
  }

  List<JsonNode> codeCells() {
    return StreamSupport.stream(json.path("cells").spliterator(), false)
        .filter(cell -> cell.path("cell_type").asText().equals("code"))
        .toList();
  }

  List<String> code() {
    return codeCells().stream().map(Notebook::source).toList();
  }

  private static String source(JsonNode cell) {
    return StreamSupport.stream(cell.path("source").spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining());
  }

  /** A copy in a folder, about another run. */
  Path about(Path run, Path folder) throws IOException {
    ObjectNode copy = json.deepCopy();
    for (JsonNode cell : copy.path("cells")) {
      ArrayNode lines = (ArrayNode) cell.path("source");
      for (int i = 0; i < lines.size(); i++) {
        lines.set(i, lines.get(i).asText().replace(RUN, "\"" + run + "\""));
      }
    }
    return Files.write(folder.resolve(file), MAPPER.writeValueAsBytes(copy));
  }
}
