package org.trispike.datasets.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

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
    replace();
    committed = true;
  }

  /**
   * At no moment is there neither the old file nor the new one, where the file system can do so.
   */
  private void replace() throws IOException {
    // Among local files a rename replaces. HDFS wants to be told, which only its other face can.
    if (files.rename(temporary, target)) {
      return;
    }
    try {
      FileContext.getFileContext(files.getUri(), files.getConf())
          .rename(temporary, target, Options.Rename.OVERWRITE);
    } catch (UnsupportedFileSystemException e) {
      files.delete(target, false);
      if (!files.rename(temporary, target)) {
        throw new IOException("Cannot rename " + temporary + " to " + target, e);
      }
    }
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
