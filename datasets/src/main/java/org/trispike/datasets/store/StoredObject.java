package org.trispike.datasets.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * An object of a store that shows it when its stream is closed, and not before. A rename there is a
 * copy and a deletion, of which this needs none.
 */
final class StoredObject implements NewFile {
  private final FSDataOutputStream out;
  private boolean committed;

  StoredObject(FileSystem files, Path target) throws IOException {
    this.out = files.create(target, true);
  }

  @Override
  public OutputStream stream() {
    return new OpenStream(out);
  }

  /** An object is durable when it is there. */
  @Override
  public void sync() {}

  @Override
  public void commit() throws IOException {
    out.close();
    committed = true;
  }

  @Override
  public void close() throws IOException {
    if (!committed) {
      // Before close(), which would show what there is of it.
      out.abort();
      out.close();
    }
  }
}
