package org.trispike.training.bank;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.TaskOutput;
import org.trispike.vq.bank.BankFile;
import org.trispike.vq.bank.BankListFile;
import org.trispike.vq.bank.BankManifest;
import org.trispike.vq.bank.BankVectors;
import org.trispike.vq.scan.ScanBank;
import scala.Tuple2;

/** What an executor does: the shares of all parts in, a file of lists out. */
final class ListFileTask
    implements Function2<Integer, Iterator<Tuple2<Integer, ListShare>>, Iterator<BankListFile>> {
  private static final long serialVersionUID = 1;

  private final String output;
  private final int lists;
  private final int perFile;
  private final int pairs;
  private final TaskOutput target;
  private final SerializableConfiguration hadoop;

  /**
   * @param lists of the bank
   * @param pairs of sub-spaces: bytes of a row's codes
   */
  ListFileTask(
      String output, int lists, int perFile, int pairs, TaskOutput target, Configuration hadoop) {
    this.output = output;
    this.lists = lists;
    this.perFile = perFile;
    this.pairs = pairs;
    this.target = target;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public Iterator<BankListFile> call(Integer file, Iterator<Tuple2<Integer, ListShare>> tuples)
      throws IOException {
    List<ListShare> shares = new ArrayList<>();
    tuples.forEachRemaining(tuple -> shares.add(tuple._2()));
    // A shuffle delivers in any order.
    shares.sort(Comparator.comparingInt(ListShare::part));
    int[] sizes = new int[Math.min(perFile, lists - file * perFile)];
    int[] numbers = new int[shares.stream().mapToInt(share -> share.numbers().length).sum()];
    int[] read = new int[shares.size()];
    int written = 0;
    ByteArrayOutputStream codes = new ByteArrayOutputStream();
    for (int list = 0; list < sizes.length; list++) {
      ByteArrayOutputStream own = new ByteArrayOutputStream();
      for (int i = 0; i < read.length; i++) {
        ListShare share = shares.get(i);
        int count = share.sizes()[list];
        System.arraycopy(share.numbers(), read[i], numbers, written, count);
        own.write(share.codes(), read[i] * pairs, count * pairs);
        written += count;
        read[i] += count;
        sizes[list] += count;
      }
      codes.write(ScanBank.ordered(own.toByteArray(), pairs));
    }
    String name = BankListFile.name(file);
    ArtefactFolder folder = ArtefactFolder.of(hadoop.value(), output, BankManifest.FILE);
    BankFile bytes =
        BankStore.write(
            target.create(folder, name, TaskContext.get().taskAttemptId()),
            name,
            out -> BankVectors.writeLists(out, sizes, numbers, codes.toByteArray()));
    return List.of(new BankListFile(sizes.length, numbers.length, bytes)).iterator();
  }
}
