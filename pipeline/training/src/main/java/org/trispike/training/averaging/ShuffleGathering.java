package org.trispike.training.averaging;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * Reduce-scatter by a shuffle: each replica cuts its state into blocks, the W copies of a block
 * meet in one task, which averages them in the order of the replicas, and the driver puts the means
 * together. It holds one state whatever W is, and executors share the sums. A replica whose blocks
 * are lost is trained again, to the same bits.
 */
final class ShuffleGathering implements Gathering {
  private final Blocks blocks;
  private final int replicas;
  private final int partitions;

  /**
   * @param replicas W
   * @param partitions tasks that average, each its share of the blocks
   */
  ShuffleGathering(Blocks blocks, int replicas, int partitions) {
    this.blocks = blocks;
    this.replicas = replicas;
    this.partitions = Math.min(partitions, blocks.count());
  }

  @Override
  public Gathered gather(JavaRDD<ReplicaResult> results) {
    JavaRDD<Block> means =
        results
            .flatMapToPair(new Cut(blocks))
            .repartitionAndSortWithinPartitions(new ByBlock(partitions))
            .mapPartitions(new Mean(replicas));
    float[] parameters = new float[blocks.parameters()];
    float[] updater = new float[blocks.updater()];
    List<ReplicaReport> reports = new ArrayList<>();
    try {
      for (Block mean : means.collect()) {
        blocks.paste(mean.values(), parameters, updater, mean.number());
        reports.addAll(mean.reports());
      }
    } finally {
      // Spark itself would leave the files on the executors' disks until a collection of garbage.
      means.rdd().cleanShuffleDependencies(false);
    }
    return new Gathered(parameters, updater, List.copyOf(reports));
  }

  /** A replica's state, block after block. */
  private record Cut(Blocks blocks)
      implements PairFlatMapFunction<ReplicaResult, Block.Key, Block> {
    @Override
    public Iterator<Tuple2<Block.Key, Block>> call(ReplicaResult result) {
      ReplicaReport report = result.report();
      return IntStream.range(0, blocks.count())
          .mapToObj(
              number ->
                  new Tuple2<>(
                      new Block.Key(number, report.replica()),
                      new Block(
                          number,
                          blocks.cut(result.parameters(), result.updater(), number),
                          number == 0 ? List.of(report) : List.of())))
          .iterator();
    }
  }

  private static final class ByBlock extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;

    ByBlock(int partitions) {
      this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
      return partitions;
    }

    @Override
    public int getPartition(Object key) {
      return ((Block.Key) key).number() % partitions;
    }
  }

  /** Means of blocks whose copies come one after the other. */
  private record Mean(int replicas)
      implements FlatMapFunction<Iterator<Tuple2<Block.Key, Block>>, Block> {
    @Override
    public Iterator<Block> call(Iterator<Tuple2<Block.Key, Block>> sorted) {
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return sorted.hasNext();
        }

        @Override
        public Block next() {
          if (!sorted.hasNext()) {
            throw new NoSuchElementException();
          }
          return mean(sorted);
        }
      };
    }

    private Block mean(Iterator<Tuple2<Block.Key, Block>> sorted) {
      List<float[]> copies = new ArrayList<>();
      List<ReplicaReport> reports = new ArrayList<>();
      int number = -1;
      for (int replica = 0; replica < replicas; replica++) {
        Block.Key key = null;
        if (sorted.hasNext()) {
          Tuple2<Block.Key, Block> next = sorted.next();
          key = next._1();
          number = replica == 0 ? key.number() : number;
          copies.add(next._2().values());
          reports.addAll(next._2().reports());
        }
        if (!new Block.Key(number, replica).equals(key)) {
          throw new IllegalStateException(
              "Replica " + replica + " of block " + number + " is missing");
        }
      }
      return new Block(number, Averages.of(copies, Function.identity()), List.copyOf(reports));
    }
  }
}
