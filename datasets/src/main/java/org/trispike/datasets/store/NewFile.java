package org.trispike.datasets.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A file in the making. It is there whole once it is committed, over what may have been there;
 * closed before, it leaves nothing.
 */
public interface NewFile extends Closeable {
  /** Takes the content. Closing it ends nothing: only {@link #commit} does. */
  OutputStream stream();

  /** Has what was written so far on disk, where the file system knows of disks. */
  void sync() throws IOException;

  void commit() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * Opens a file on any file system: one that shows a file only when it is whole, as object stores
   * do, gets it under its name; any other under a temporary one first.
   */
  static NewFile create(FileSystem files, Path target, Path temporary) throws IOException {
    return files.hasPathCapability(target, CommonPathCapabilities.ABORTABLE_STREAM)
        ? new StoredObject(files, target)
        : new RenamedFile(files, target, temporary);
  }

  /** Writes a small file, whole or not at all; its temporary name begins with an underscore. */
  static void write(FileSystem files, Path target, byte[] bytes) throws IOException {
    Path temporary = new Path(target.getParent(), "_" + target.getName());
    try (NewFile file = create(files, target, temporary)) {
      file.stream().write(bytes);
      file.commit();
    }
  }
}
