package org.trispike.training.bank;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.TaskOutput;
import org.trispike.training.bank.CodesTask.Coded;
import org.trispike.training.bank.CodesTask.Shared;
import org.trispike.vq.bank.BankListFile;
import org.trispike.vq.bank.BankManifest;
import scala.Tuple2;

/**
 * Encodes the parts of a bank and, where there are lists, shuffles codes from parts to lists: 64
 * bytes a row of 512, not the row itself.
 */
final class CodesStage {
  private final BankJob job;
  private final ArtefactFolder folder;

  /**
   * What was written.
   *
   * @param parts and how well their codes find rows
   * @param files of lists, none without lists
   */
  record Encoded(List<Coded> parts, List<BankListFile> files) {}

  CodesStage(BankJob job, ArtefactFolder folder) {
    this.job = job;
    this.folder = folder;
  }

  Encoded run(BankManifest bank, List<NumberedPart> parts, Shared shared) throws IOException {
    int lists = shared.lists();
    // About as many files of lists as of rows.
    int perFile = (lists + parts.size() - 1) / parts.size();
    TaskOutput target = folder.openTasks();
    Broadcast<Shared> broadcast = job.spark().broadcast(shared);
    JavaRDD<Coded> coded =
        job.each(
            parts, new CodesTask(job.config(), bank, perFile, broadcast, target, job.hadoop()));
    if (lists > 0) {
      coded.persist(StorageLevel.MEMORY_AND_DISK());
    }
    try {
      List<Coded> measured =
          job.collect(
              coded.map(Coded::withoutShares), "codes of " + bank.rows() + " rows", "parts");
      if (lists == 0) {
        return new Encoded(measured, List.of());
      }
      int files = (lists + perFile - 1) / perFile;
      int pairs = (shared.trained().count() + 1) / 2;
      JavaRDD<BankListFile> written =
          coded
              .flatMapToPair(one -> numbered(one.shares()).iterator())
              .partitionBy(new HashPartitioner(files))
              .mapPartitionsWithIndex(
                  new ListFileTask(
                      job.config().output(), lists, perFile, pairs, target, job.hadoop()),
                  true);
      return new Encoded(measured, job.collect(written, lists + " lists", "files"));
    } finally {
      coded.unpersist();
      broadcast.destroy();
    }
  }

  /** Each file's share with the number of its file. */
  private static List<Tuple2<Integer, ListShare>> numbered(List<ListShare> shares) {
    List<Tuple2<Integer, ListShare>> numbered = new ArrayList<>();
    for (ListShare share : shares) {
      numbered.add(new Tuple2<>(numbered.size(), share));
    }
    return numbered;
  }
}
