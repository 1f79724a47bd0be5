package org.trispike.datasets.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.mapreduce.JobID;
import org.apache.hadoop.mapreduce.JobStatus;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.TaskAttemptID;
import org.apache.hadoop.mapreduce.TaskID;
import org.apache.hadoop.mapreduce.TaskType;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitter;
import org.apache.hadoop.mapreduce.lib.output.PathOutputCommitterFactory;
import org.apache.hadoop.mapreduce.task.TaskAttemptContextImpl;

/**
 * Files of tasks in a bucket, through S3A's magic committer: a task uploads its file but does not
 * complete the upload, and the driver completes those of all tasks at the end. Until then the
 * bucket shows no data, whatever dies; what is pending is written down under {@code __magic}, where
 * a resumed run finds and completes it.
 *
 * @param job tells this job from others that have written, or still write, to the folder
 */
record MagicOutput(String job) implements TaskOutput {
  private static final long serialVersionUID = 1;
  static final String CAPABILITY = "fs.s3a.capability.magic.committer";
  private static final String NOTE = "_job";
  private static final String FACTORY = "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory";

  /** Sets a new job up, and notes it for a run that may have to go on. */
  static MagicOutput begin(ArtefactFolder folder) throws IOException {
    MagicOutput output = new MagicOutput(UUID.randomUUID().toString());
    folder.write(NOTE, output.job.getBytes(StandardCharsets.UTF_8));
    TaskAttemptContext context = output.context(folder, 0);
    committer(folder, context).setupJob(context);
    return output;
  }

  /** Completes the uploads of a job that did not come to its end, if there is one. */
  static void recover(ArtefactFolder folder) throws IOException {
    Optional<MagicOutput> former = former(folder);
    if (former.isEmpty()) {
      return;
    }
    try {
      former.get().commit(folder);
    } catch (IOException e) {
      // The bucket may have given pending uploads up since: their tasks run again.
      System.getLogger(MagicOutput.class.getName())
          .log(System.Logger.Level.WARNING, "Uploads of the former run cannot be completed", e);
      former.get().abandon(folder);
    }
  }

  /** Gives up what the tasks of a job have uploaded, if there is one. */
  static void abandonAny(ArtefactFolder folder) throws IOException {
    Optional<MagicOutput> former = former(folder);
    if (former.isPresent()) {
      former.get().abandon(folder);
    }
  }

  private static Optional<MagicOutput> former(ArtefactFolder folder) throws IOException {
    return folder.exists(NOTE)
        ? Optional.of(new MagicOutput(new String(folder.read(NOTE), StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  private void abandon(ArtefactFolder folder) throws IOException {
    TaskAttemptContext context = context(folder, 0);
    committer(folder, context).abortJob(context, JobStatus.State.FAILED);
  }

  @Override
  public NewFile create(ArtefactFolder folder, String name, long attempt) throws IOException {
    TaskAttemptContext context = context(folder, attempt);
    return MagicFile.create(committer(folder, context), context, folder.files(), name);
  }

  @Override
  public void commit(ArtefactFolder folder) throws IOException {
    TaskAttemptContext context = context(folder, 0);
    committer(folder, context).commitJob(context);
  }

  private static PathOutputCommitter committer(ArtefactFolder folder, TaskAttemptContext context)
      throws IOException {
    return PathOutputCommitterFactory.createCommitter(folder.root(), context);
  }

  /** Each attempt is a task of its own to the committer, so that none stands in another's way. */
  private TaskAttemptContext context(ArtefactFolder folder, long attempt) {
    Configuration conf = new Configuration(folder.files().getConf());
    conf.set(PathOutputCommitterFactory.COMMITTER_FACTORY_CLASS, FACTORY);
    conf.set("fs.s3a.committer.name", "magic");
    conf.set("fs.s3a.committer.uuid", job);
    TaskID task = new TaskID(new JobID("trispike", 0), TaskType.MAP, Math.toIntExact(attempt));
    return new TaskAttemptContextImpl(conf, new TaskAttemptID(task, 0));
  }
}
