package org.trispike.training.reparameterize;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.training.classes.ClassList;
import org.trispike.training.evaluate.ShapeDescriptor;

/** The descriptors of a shard's labelled shapes. */
final class DescriptorTask implements FlatMapFunction<ShardInfo, DescriptorTask.Reference> {
  private static final long serialVersionUID = 1L;

  private final String dataset;
  private final SerializableConfiguration hadoop;

  /** A labelled shape. */
  @SuppressWarnings("ArrayRecordComponent") // passed through
  record Reference(String category, float[] descriptor) implements Serializable {}

  DescriptorTask(String dataset, Configuration hadoop) {
    this.dataset = dataset;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public Iterator<Reference> call(ShardInfo shard) {
    List<Reference> references = new ArrayList<>();
    try (ShardReader<Triplet> reader =
        ShardReader.open(
            hadoop.value(), DatasetManifest.path(dataset, shard), Column.forTraining())) {
      for (Triplet triplet : reader) {
        if (ClassList.labels(triplet.category())) {
          references.add(new Reference(triplet.category(), ShapeDescriptor.of(triplet.points())));
        }
      }
    }
    return references.iterator();
  }
}
