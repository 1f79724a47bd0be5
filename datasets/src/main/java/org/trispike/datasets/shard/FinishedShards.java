package org.trispike.datasets.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;

/**
 * Notes beside an unfinished dataset of the shards that are done, which a resumed run keeps if
 * their hash still is what the note says. A shard with quarantined rows gets no note: what was
 * wrong with them may have been put right since.
 */
public final class FinishedShards {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private FinishedShards() {}

  private static String note(String shard) {
    return "_done/" + shard.replace('/', '-') + ".json";
  }

  /**
   * Notes a shard that its task is about to commit: a note without its shard counts for nothing.
   */
  public static void record(
      ArtefactFolder folder, ShardInfo shard, TreeMap<String, Long> categories) throws IOException {
    ObjectNode node = ManifestJson.shard(shard);
    categories.forEach(node.putObject("categories")::put);
    folder.write(note(shard.path()), MAPPER.writeValueAsBytes(node));
  }

  /** The shard of that path, if a former run finished it and its bytes are unchanged. */
  public static Optional<ShardInfo> find(Configuration conf, ArtefactFolder folder, String path) {
    return read(conf, folder, path).map(ShardOutcome::written);
  }

  static Optional<ShardOutcome> read(Configuration conf, ArtefactFolder folder, String path) {
    try {
      JsonNode node = MAPPER.readTree(folder.read(note(path)));
      ShardInfo shard = ManifestJson.shard(node);
      DatasetManifest.verify(conf, folder.path(path), shard);
      TreeMap<String, Long> categories = new TreeMap<>();
      node.required("categories")
          .fields()
          .forEachRemaining(e -> categories.put(e.getKey(), e.getValue().longValue()));
      return Optional.of(new ShardOutcome(shard, List.of(), categories, ShardRates.NONE));
    } catch (FileNotFoundException | UserError | IllegalArgumentException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder.root() + ": " + e.getMessage(), e);
    }
  }
}
