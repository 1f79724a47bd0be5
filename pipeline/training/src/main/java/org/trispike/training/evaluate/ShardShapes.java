package org.trispike.training.evaluate;

import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.source.BadRow;

/** The shapes of a dataset, a shard a unit. */
final class ShardShapes implements Shapes<ShardInfo> {
  private static final long serialVersionUID = 1L;

  private final String dataset;

  ShardShapes(String dataset) {
    this.dataset = dataset;
  }

  @Override
  public void read(
      Configuration conf, ShardInfo shard, Consumer<Triplet> shapes, Consumer<BadRow> bad) {
    try (ShardReader<Triplet> reader =
        ShardReader.open(conf, DatasetManifest.path(dataset, shard), Column.forTraining())) {
      reader.forEach(shapes);
    }
  }
}
