package org.trispike.datasets.teacher;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.DatasetManifest;
import org.trispike.datasets.shard.ShardInfo;
import org.trispike.datasets.shard.ShardReader;
import org.trispike.datasets.source.SplitRule;

/** Brings the pictures of a shard down to the size that tuning sees. */
final class PictureTask implements Function<ShardInfo, List<TuningShape>> {
  private static final long serialVersionUID = 1;
  private static final long DRAW = 0x7475_6e65;

  private final String dataset;
  private final double share;
  private final SerializableConfiguration hadoop;

  /**
   * @param share of the shapes that is wanted, drawn by their ids
   */
  PictureTask(String dataset, double share, Configuration hadoop) {
    this.dataset = dataset;
    this.share = share;
    this.hadoop = new SerializableConfiguration(hadoop);
  }

  @Override
  public List<TuningShape> call(ShardInfo shard) throws CorruptInputException {
    List<TuningShape> shapes = new ArrayList<>();
    try (ShardReader<Triplet> reader =
        ShardReader.open(
            hadoop.value(), DatasetManifest.path(dataset, shard), Set.of(Column.IMAGES))) {
      for (Triplet triplet : reader) {
        boolean drawn = (SplitRule.hash(triplet.id(), DRAW) >>> 11) * 0x1p-53 < share;
        if (drawn && !triplet.images().isEmpty() && !triplet.texts().isEmpty()) {
          shapes.add(shape(triplet));
        }
      }
    }
    return shapes;
  }

  private static TuningShape shape(Triplet triplet) throws CorruptInputException {
    List<byte[]> pictures = new ArrayList<>();
    for (EncodedImage image : triplet.images()) {
      pictures.add(Pictures.prepare(Images.decode(image.bytes(), Limits.defaults())));
    }
    return new TuningShape(pictures, triplet.texts().stream().map(Caption::text).toList());
  }
}
