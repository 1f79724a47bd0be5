package org.trispike.datasets.source;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.store.Sha256;

/** Files that remember what was read of them. Not for concurrent use. */
public final class RecordingFiles implements SourceFiles {
  private final SourceFiles files;
  private final Map<String, String> hashes = new TreeMap<>();
  private long bytes;

  public RecordingFiles(SourceFiles files) {
    this.files = files;
  }

  @Override
  public byte[] read(String path, long limitBytes) throws IOException {
    byte[] content = files.read(path, limitBytes);
    hashes.put(path, Sha256.of(content));
    bytes += content.length;
    return content;
  }

  @Override
  public boolean exists(String path) throws IOException {
    return files.exists(path);
  }

  /** Forgets what was read so far. */
  public void clear() {
    hashes.clear();
  }

  /** How much was read of all files so far. */
  public long bytes() {
    return bytes;
  }

  /** The SHA-256 of each file read since, by its path. */
  public Map<String, String> hashes() {
    return new TreeMap<>(hashes);
  }
}
