package org.trispike.datasets.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trispike.datasets.Split;
import org.trispike.datasets.geometry.Clouds;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.ShardWriter;

/**
 * Rows of 10,000 points that a shard can hold without loss. They have few colours, as most models
 * do: zstd leaves two thirds of them, as of those.
 */
final class BenchRows {
  static final int ROWS = 64;
  static final int POINTS = 10_000;

  /** Of all points as they are packed. */
  static final long BYTES = (long) ROWS * POINTS * PointLayout.QUANTISED.bytesPerPoint();

  private static final long ROW_GROUP_BYTES = 1 << 23;

  private BenchRows() {}

  static List<Triplet> make() {
    List<Triplet> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      PointCloud cloud = Clouds.unitSphere(BenchShapes.cloud(POINTS, i));
      for (int c = 0; c < cloud.rgb().length; c++) {
        cloud.rgb()[c] = Math.round(2 * cloud.rgb()[c]) / 2f;
      }
      PointCloud stored = PointLayout.QUANTISED.unpack(PointLayout.QUANTISED.pack(cloud));
      rows.add(
          new Triplet(
              "row " + i,
              i + ".glb",
              "sphere",
              Split.TRAIN,
              Optional.of(stored),
              List.of(),
              List.of(),
              List.of(),
              List.of(),
              List.of()));
    }
    return rows;
  }

  /** Into a file of this machine; Hadoop's file system would start a process to set its mode. */
  static void write(Path path, List<Triplet> rows) throws IOException {
    ShardFormat format = new ShardFormat(PointLayout.QUANTISED, Optional.empty());
    try (OutputStream out = Files.newOutputStream(path);
        ShardWriter<Triplet> writer =
            ShardWriter.create(out, RowKind.TRIPLET, format, ROW_GROUP_BYTES)) {
      for (Triplet row : rows) {
        writer.write(row);
      }
    }
  }
}
