package org.trispike.training.draw;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Decoded row groups of one JVM, the least recently used forgotten first. Tasks of one JVM share
 * it; a group is decoded once however many ask for it at the same time.
 */
final class RowGroupCache {
  private final long budget;
  private final Map<Long, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  private static final class Entry {
    private List<StoredSample> rows;
    private long bytes;
  }

  /**
   * @param budget bytes to hold, beyond the group asked for last
   */
  RowGroupCache(long budget) {
    this.budget = budget;
  }

  List<StoredSample> get(int shard, int group, Supplier<List<StoredSample>> reader) {
    long key = (long) shard << 32 | group;
    Entry entry;
    synchronized (this) {
      entry = entries.computeIfAbsent(key, k -> new Entry());
    }
    synchronized (entry) {
      if (entry.rows == null) {
        entry.rows = reader.get();
        long size = entry.rows.stream().mapToLong(StoredSample::bytes).sum();
        account(key, entry, size);
      }
      return entry.rows;
    }
  }

  private synchronized void account(long key, Entry entry, long size) {
    if (entries.get(key) != entry) {
      return;
    }
    entry.bytes = size;
    bytes += size;
    Iterator<Entry> eldest = entries.values().iterator();
    while (bytes > budget && eldest.hasNext()) {
      Entry old = eldest.next();
      if (old != entry && old.bytes > 0) {
        bytes -= old.bytes;
        eldest.remove();
      }
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
