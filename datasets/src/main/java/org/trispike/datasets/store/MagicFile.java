package org.trispike.datasets.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;

/** The one file of a task, which stays a pending upload when the task commits it. */
final class MagicFile implements NewFile {
  private final PathOutputCommitter committer;
  private final TaskAttemptContext task;
  private final StoredObject upload;
  private boolean committed;

  private MagicFile(PathOutputCommitter committer, TaskAttemptContext task, StoredObject upload) {
    this.committer = committer;
    this.task = task;
    this.upload = upload;
  }

  static MagicFile create(
      PathOutputCommitter committer, TaskAttemptContext task, FileSystem files, String name)
      throws IOException {
    committer.setupTask(task);
    Path path = new Path(committer.getWorkPath(), name);
    return new MagicFile(committer, task, new StoredObject(files, path));
  }

  @Override
  public OutputStream stream() {
    return upload.stream();
  }

  @Override
  public void sync() {}

  @Override
  public void commit() throws IOException {
    upload.commit();
    committer.commitTask(task);
    committed = true;
  }

  @Override
  public void close() throws IOException {
    if (!committed) {
      try (upload) {
        committer.abortTask(task);
      }
    }
  }
}
