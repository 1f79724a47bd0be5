package org.trispike.training.checkpoint;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.util.Progressable;

/** Local files under {@code faulty:}, on which the change with a given number fails. */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final URI NAME = URI.create("faulty:///");

  /** Changes left until one fails; Hadoop makes file systems itself, so this is shared. */
  private static final AtomicInteger LEFT = new AtomicInteger(Integer.MAX_VALUE);

  static Configuration configuration() {
    Configuration conf = new Configuration();
    conf.setClass("fs.faulty.impl", FaultyFileSystem.class, org.apache.hadoop.fs.FileSystem.class);
    conf.setBoolean("fs.faulty.impl.disable.cache", true);
    return conf;
  }

  /** The change after {@code changes} more fails, and all after it. */
  static void failAfter(int changes) {
    LEFT.set(changes);
  }

  static void heal() {
    LEFT.set(Integer.MAX_VALUE);
  }

  /** Whether a change failed since. */
  static boolean failed() {
    return LEFT.get() < 0;
  }

  private static void change() throws IOException {
    if (LEFT.getAndDecrement() <= 0) {
      throw new IOException("No space left on device");
    }
  }

  @Override
  public URI getUri() {
    return NAME;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    change();
    return super.create(path, overwrite, bufferSize, replication, blockSize, progress);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change();
    return super.delete(path, recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    change();
    return super.mkdirs(path);
  }
}
