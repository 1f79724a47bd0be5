package org.trispike.datasets.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.BoundedJson;
import org.trispike.datasets.format.Limits;

/**
 * ULIP's ShapeNet-55, anywhere below the root: clouds {@code TAXONOMY-MODEL.npy}; views {@code
 * TAXONOMY-MODEL_r_000.png} to {@code _r_348}, whose depth pictures are left alone; {@code
 * taxonomy.json}, whose names of a synset, between commas, are the texts and the first of them the
 * category; and {@code train.txt} and {@code test.txt}, which list the clouds of the splits.
 */
final class UlipSource {
  private static final Pattern CLOUD = Pattern.compile("(\\d{8})-([^/]+)\\.npy");
  private static final Pattern VIEW = Pattern.compile("(\\d{8}-[^/]+)_r_\\d{3}\\.png");

  private UlipSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    Map<String, String> clouds = new TreeMap<>();
    Map<String, List<String>> views = new HashMap<>();
    Map<String, String> others = new HashMap<>();
    for (String path : listing.sizes().keySet()) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      Matcher view = VIEW.matcher(name);
      if (view.matches()) {
        views.computeIfAbsent(view.group(1), key -> new ArrayList<>()).add(path);
      } else if (CLOUD.matcher(name).matches()) {
        clouds.putIfAbsent(name.substring(0, name.length() - 4), path);
      } else {
        others.putIfAbsent(name, path);
      }
    }
    if (clouds.isEmpty()) {
      throw listing.holdsNo("cloud TAXONOMY-MODEL.npy");
    }
    if (!others.containsKey("taxonomy.json")) {
      throw listing.holdsNo("taxonomy.json, which names the classes");
    }
    String root = collection.root() + "/";
    String taxonomy = root + others.get("taxonomy.json");
    Map<String, List<String>> names =
        names(taxonomy, TextFiles.read(conf, taxonomy, collection.limits()), collection.limits());
    Map<String, Split> splits = new HashMap<>();
    for (Map.Entry<String, Split> file :
        Map.of("train.txt", Split.TRAIN, "test.txt", Split.TEST).entrySet()) {
      if (others.containsKey(file.getKey())) {
        TextFiles.read(conf, root + others.get(file.getKey()), collection.limits())
            .lines()
            .map(line -> line.strip().replaceFirst("\\.npy$", ""))
            .forEach(id -> splits.put(id, file.getValue()));
      }
    }
    return table(collection, listing, clouds, views, names, splits);
  }

  private static InputTable table(
      Collection collection,
      FileListing listing,
      Map<String, String> clouds,
      Map<String, List<String>> views,
      Map<String, List<String>> names,
      Map<String, Split> splits) {
    List<InputRow> rows = new ArrayList<>();
    List<BadRow> bad = new ArrayList<>();
    long line = 0;
    for (Map.Entry<String, String> cloud : clouds.entrySet()) {
      line++;
      String id = cloud.getKey();
      List<String> texts = names.getOrDefault(id.substring(0, 8), List.of());
      if (texts.isEmpty()) {
        String message = "taxonomy.json does not name its synset " + id.substring(0, 8);
        bad.add(new BadRow(cloud.getValue(), line, id, TripletSource.BAD_ROW, message));
        continue;
      }
      Split split = collection.splits().within(splits.getOrDefault(id, Split.TRAIN), id);
      rows.add(
          new InputRow(
              line,
              id,
              cloud.getValue(),
              views.getOrDefault(id, List.of()),
              texts,
              texts.get(0),
              split,
              "",
              ""));
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  /** The names of each synset in the text of {@code taxonomy.json}. */
  static Map<String, List<String>> names(String file, String text, Limits limits) {
    Map<String, List<String>> names = new HashMap<>();
    try {
      for (JsonNode synset : BoundedJson.mapper(limits.jsonDepth()).readTree(text)) {
        List<String> texts =
            Arrays.stream(synset.required("name").asText().split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        names.put(synset.required("synsetId").asText(), texts);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          UserError.Kind.DATA,
          file + " is no list of {synsetId, name}: " + e.getMessage() + "; nothing was done",
          e);
    }
    return names;
  }
}
