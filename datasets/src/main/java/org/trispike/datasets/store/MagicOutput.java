package org.trispike.datasets.store;

import java.io.IOException;
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
 * bucket shows no data, whatever dies; what is pending is written down under {@code __magic}, from
 * where a resumed run completes it.
 *
 * @param job tells this job from others that have written, or still write, to the folder
 */
record MagicOutput(String job) implements TaskOutput {
  private static final long serialVersionUID = 1;
  static final String CAPABILITY = "fs.s3a.capability.magic.committer";
  static final String PENDING = "__magic";
  private static final String FACTORY = "org.apache.hadoop.fs.s3a.commit.S3ACommitterFactory";

  /** Sets a new job up. */
  static MagicOutput begin(ArtefactFolder folder) throws IOException {
    MagicOutput output = new MagicOutput(UUID.randomUUID().toString());
    TaskAttemptContext context = output.context(folder, 0);
    committer(folder, context).setupJob(context);
    return output;
  }

  /** Completes the uploads of tasks whose job did not come to its end. */
  static void recover(ArtefactFolder folder) throws IOException {
    for (String job : folder.names(PENDING)) {
      MagicOutput former = new MagicOutput(job);
      try {
        former.commit(folder);
      } catch (IOException e) {
        // The bucket may have given pending uploads up since: their tasks run again.
        System.getLogger(MagicOutput.class.getName())
            .log(System.Logger.Level.WARNING, "What was pending cannot be completed", e);
        former.abandon(folder);
      }
    }
  }

  /** Gives up what tasks have uploaded. */
  static void abandonAll(ArtefactFolder folder) throws IOException {
    for (String job : folder.names(PENDING)) {
      new MagicOutput(job).abandon(folder);
    }
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
