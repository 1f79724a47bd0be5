package org.trispike.datasets.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file that gets its name when it is whole: for file systems whose rename is one step. */
final class RenamedFile implements NewFile {
  private final FileSystem files;
  private final Path target;
  private final Path temporary;
  private final FSDataOutputStream out;
  private boolean committed;

  RenamedFile(FileSystem files, Path target, Path temporary) throws IOException {
    this.files = files;
    this.target = target;
    this.temporary = temporary;
    this.out = files.create(temporary, true);
  }

  @Override
  public OutputStream stream() {
    return new OpenStream(out);
  }

  @Override
  public void sync() throws IOException {
    out.hsync();
  }

  @Override
  public void commit() throws IOException {
    out.close();
    files.mkdirs(target.getParent());
    files.delete(target, false);
    if (!files.rename(temporary, target)) {
      throw new IOException("Cannot rename " + temporary + " to " + target);
    }
    committed = true;
  }

  @Override
  public void close() throws IOException {
    if (!committed) {
      try (out) {
        files.delete(temporary, false);
      }
    }
  }
}
