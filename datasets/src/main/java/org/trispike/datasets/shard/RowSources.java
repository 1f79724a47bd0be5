package org.trispike.datasets.shard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.trispike.datasets.row.SourceFile;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.RecordingFiles;

/** Tells which files rows were made from. Not for concurrent use. */
final class RowSources {
  private final RecordingFiles files;
  private final Map<String, String> containers = new HashMap<>();

  RowSources(RecordingFiles files) {
    this.files = files;
  }

  /** A new row begins. */
  void begin() {
    files.clear();
  }

  /** The files read since; a container that stays open for many rows is read for the first. */
  List<SourceFile> of(InputRow row) {
    Map<String, String> hashes = files.hashes();
    String container = row.container();
    if (!container.isEmpty()) {
      containers.putAll(hashes);
      hashes.put(container, containers.get(container));
    }
    return hashes.entrySet().stream()
        .map(file -> new SourceFile(file.getKey(), file.getValue()))
        .toList();
  }
}
