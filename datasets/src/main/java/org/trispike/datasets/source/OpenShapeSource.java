package org.trispike.datasets.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.BoundedJson;
import org.trispike.datasets.format.Limits;
import org.trispike.kernels.io.Sha256;

/**
 * OpenShape's list of a split, {@code split/train_all.json} or {@code lvis.json}: an array of {id
 * or uid, dataset, group, category, data_path}, the last relative to {@code data.root}. Texts and
 * vectors are in the records that it names.
 */
final class OpenShapeSource {
  private OpenShapeSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    String file = collection.list();
    if (file.isEmpty()) {
      throw UserError.usage(
          "data.triplets is not set: with data.layout = openshape it names the list of a split,"
              + " such as meta_data/split/train_all.json");
    }
    return parse(TextFiles.read(conf, file, collection.limits()), collection);
  }

  /** The list that this text is. */
  static InputTable parse(String text, Collection collection) {
    String file = collection.list();
    List<InputRow> rows = new ArrayList<>();
    List<BadRow> bad = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    long line = 0;
    for (JsonNode entry : array(file, text, collection.limits())) {
      line++;
      String uid = entry.path("id").asText(entry.path("uid").asText());
      String dataset = entry.path("dataset").asText();
      String id = dataset.isEmpty() ? uid : dataset + "/" + uid;
      String path = entry.path("data_path").asText().replaceFirst("^/+", "");
      String fault =
          uid.isEmpty()
              ? "The entry has no id and no uid"
              : path.isEmpty()
                  ? "The entry has no data_path"
                  : ids.add(id) ? "" : "The id stands in the list before";
      if (!fault.isEmpty()) {
        bad.add(new BadRow(file, line, id, TripletSource.BAD_ROW, fault));
        continue;
      }
      Split split = collection.splits().split(id);
      rows.add(InputRow.of(line, id, path, entry.path("category").asText(), split));
    }
    if (rows.isEmpty() && bad.isEmpty()) {
      throw UserError.data(file + " lists no shape; nothing was done");
    }
    return new InputTable(file, Sha256.of(text), rows, bad);
  }

  private static JsonNode array(String file, String text, Limits limits) {
    try {
      JsonNode root = BoundedJson.mapper(limits.jsonDepth()).readTree(text);
      if (root.isArray()) {
        return root;
      }
      throw UserError.data(file + " is no JSON array; nothing was done");
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.DATA, file + " is no JSON: " + e.getMessage() + "; nothing was done", e);
    }
  }
}
