package org.trispike.datasets.source;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.store.StoreFailures;
import org.trispike.kernels.io.Sha256;

/** Files that remember what was read of them, and what could not be. Not for concurrent use. */
public final class RecordingFiles implements SourceFiles {
  private final SourceFiles files;
  private final Map<String, String> hashes = new TreeMap<>();
  private IOException storeFailure;

  public RecordingFiles(SourceFiles files) {
    this.files = files;
  }

  @Override
  public byte[] read(String path, long limitBytes) throws IOException {
    byte[] bytes = watched(() -> files.read(path, limitBytes));
    hashes.put(path, Sha256.of(bytes));
    return bytes;
  }

  @Override
  public boolean exists(String path) throws IOException {
    return watched(() -> files.exists(path));
  }

  private interface Access<T> {
    T run() throws IOException;
  }

  private <T> T watched(Access<T> access) throws IOException {
    try {
      return access.run();
    } catch (IOException e) {
      if (storeFailure == null && StoreFailures.is(e)) {
        storeFailure = e;
      }
      throw e;
    }
  }

  /**
   * Nothing, if all files that were asked for could be reached.
   *
   * @throws UserError if the store failed: whatever a reader made of that, the file is not at fault
   */
  public void checkReached() {
    if (storeFailure != null) {
      throw UserError.environment(
          "Cannot read the input: " + storeFailure.getMessage(), storeFailure);
    }
  }

  /** Forgets what was read so far. */
  public void clear() {
    hashes.clear();
  }

  /** The SHA-256 of each file read since, by its path. */
  public Map<String, String> hashes() {
    return new TreeMap<>(hashes);
  }
}
