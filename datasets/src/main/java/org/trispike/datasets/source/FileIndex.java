package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds files by their names alone, as annotation files give them. */
final class FileIndex {
  private final Map<String, List<String>> paths = new HashMap<>();

  FileIndex(FileListing listing) {
    for (String path : listing.sizes().keySet()) {
      paths
          .computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), n -> new ArrayList<>())
          .add(path);
    }
  }

  /**
   * The path of a file, if it can be told: of several files of that name, the one that lies in a
   * folder of the preferred name.
   */
  Optional<String> find(String name, String preferredFolder) {
    List<String> candidates = paths.getOrDefault(name, List.of());
    if (candidates.size() == 1) {
      return Optional.of(candidates.get(0));
    }
    List<String> preferred =
        candidates.stream()
            .filter(path -> ("/" + path).endsWith("/" + preferredFolder + "/" + name))
            .toList();
    return preferred.size() == 1 ? Optional.of(preferred.get(0)) : Optional.empty();
  }
}
