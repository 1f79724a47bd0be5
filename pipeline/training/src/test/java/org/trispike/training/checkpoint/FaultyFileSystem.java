package org.trispike.training.checkpoint;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Local files under {@code faulty:}, on which the change or byte with a given number fails. */
public final class FaultyFileSystem extends WatchedFileSystem {
  public static final String FULL = "No space left on device";
  private static final URI NAME = URI.create("faulty:///");

  /** What is left until something fails; Hadoop makes file systems itself, so this is shared. */
  private static final AtomicInteger CHANGES = new AtomicInteger(Integer.MAX_VALUE);

  private static final AtomicLong BYTES = new AtomicLong(Long.MAX_VALUE);
  private static volatile String message = FULL;

  /** Makes the scheme known to a configuration. */
  public static Configuration in(Configuration conf) {
    conf.setClass("fs.faulty.impl", FaultyFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    conf.setBoolean("fs.faulty.impl.disable.cache", true);
    return conf;
  }

  static Configuration configuration() {
    return in(new Configuration());
  }

  /** The change after {@code changes} more fails, and all after it. */
  static void failAfter(int changes) {
    CHANGES.set(changes);
  }

  /** The change after {@code changes} more fails with that message, and all after it. */
  public static void failAfter(int changes, String message) {
    FaultyFileSystem.message = message;
    CHANGES.set(changes);
  }

  /** After so many bytes more the disk is full. */
  public static void fillAfter(long bytes) {
    BYTES.set(bytes);
  }

  public static void heal() {
    CHANGES.set(Integer.MAX_VALUE);
    BYTES.set(Long.MAX_VALUE);
    message = FULL;
  }

  /** Whether something failed since. */
  static boolean failed() {
    return CHANGES.get() < 0 || BYTES.get() < 0;
  }

  @Override
  protected void change(Path path) throws IOException {
    if (CHANGES.getAndDecrement() <= 0) {
      throw new IOException(message);
    }
  }

  @Override
  protected void write(Path path, int bytes) throws IOException {
    if (BYTES.addAndGet(-bytes) < 0) {
      throw new IOException(FULL);
    }
  }

  @Override
  public URI getUri() {
    return NAME;
  }
}
