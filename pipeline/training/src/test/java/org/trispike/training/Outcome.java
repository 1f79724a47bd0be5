package org.trispike.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.Sha256;

/**
 * What a finished training left, bit for bit, without what a clock decides: two trainings of one
 * configuration have the same, whatever happened to them on the way.
 *
 * @param files of the last checkpoint, with their hashes
 * @param metrics the lines of {@code metrics.jsonl}, each up to its first clock time
 * @param result {@code result.json} without the shares of the time
 */
public record Outcome(
    String checkpoint,
    Map<String, String> files,
    List<Map<String, Object>> metrics,
    Map<String, Object> result) {

  /** Of a run folder on the local disk. */
  public static Outcome of(Path run) throws IOException {
    List<String> checkpoints = names(run.resolve("checkpoints"), "round-");
    String last = checkpoints.get(checkpoints.size() - 1);
    Path folder = run.resolve("checkpoints").resolve(last);
    Map<String, String> files = new TreeMap<>();
    for (String name : names(folder, "")) {
      files.put(name, Sha256.of(Files.readAllBytes(folder.resolve(name))));
    }
    Map<String, Object> result = object(Files.readString(run.resolve("checkpoints/result.json")));
    result.remove("share");
    return new Outcome(last, files, metrics(run), result);
  }

  private static List<Map<String, Object>> metrics(Path run) throws IOException {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      Map<String, Object> timeless = new LinkedHashMap<>();
      for (Map.Entry<String, Object> entry : object(line).entrySet()) {
        if (entry.getKey().equals("seconds")) {
          break;
        }
        timeless.put(entry.getKey(), entry.getValue());
      }
      lines.add(timeless);
    }
    return lines;
  }

  private static Map<String, Object> object(String json) throws IOException {
    try {
      return new LinkedHashMap<>(Json.parseObject(json));
    } catch (JsonException e) {
      throw new IOException(e);
    }
  }

  /** Names in a folder, sorted, that begin with {@code prefix}. */
  public static List<String> names(Path folder, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix))
          .sorted()
          .toList();
    }
  }
}
