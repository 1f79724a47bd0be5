package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.event.Events;
import org.trispike.datasets.format.lidar.LidarScan;
import org.trispike.datasets.row.Recording;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.Scene;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.store.ArtefactFolder;

final class DatasetCardTest {
  private static final Configuration CONF = new Configuration();

  @TempDir private Path folder;

  private <R extends Row> String card(R row, RowKind<R> kind, String category) throws IOException {
    ArtefactFolder dataset = ArtefactFolder.of(CONF, folder.toString(), DatasetManifest.FILE);
    ShardInfo shard;
    Files.createDirectories(folder.resolve("shards"));
    try (OutputStream out = Files.newOutputStream(folder.resolve("shards/a.parquet"));
        ShardWriter<R> writer = ShardWriter.create(out, kind, ShardFormat.of(kind), 1 << 20)) {
      writer.write(row);
      shard = writer.finish("shards/a.parquet", Split.TRAIN);
    }
    TreeMap<String, Long> categories = new TreeMap<>();
    categories.put(category, 1L);
    TreeMap<Integer, String> classes = new TreeMap<>();
    classes.put(3, "road");
    DatasetManifest manifest =
        new DatasetManifest(
            ShardFormat.of(kind),
            List.of(shard),
            new TreeMap<>(),
            categories,
            classes,
            new TreeMap<>());
    DatasetCard.write(CONF, dataset, manifest);
    return Files.readString(folder.resolve("README.md"));
  }

  @Test
  void recordingsAreShownAsFrames() throws IOException {
    Events events =
        new Events(
            8,
            4,
            new long[] {10, 20, 30},
            new short[] {1, 2, 3},
            new short[3],
            new byte[] {0, 1, 0});
    Recording row =
        new Recording(
            "a`b",
            "a.bin",
            "wave",
            Split.TRAIN,
            8,
            4,
            10,
            Optional.of(events),
            List.of(),
            List.of());
    String page = card(row, RowKind.RECORDING, "wave");
    assertThat(page)
        .startsWith("# A dataset of 1 recordings\n")
        .contains("| train | 1 | 1 |", "![](samples/1.png) `a'b`", "`{3=road}`")
        .containsPattern("wave +1 #{40}\n");
    assertThat(ImageIO.read(folder.resolve("samples/1.png").toFile()).getWidth()).isEqualTo(8);
  }

  @Test
  void scenesAreShownFromAbove() throws IOException {
    Scene row =
        new Scene(
            "a",
            "a.bin",
            Split.TRAIN,
            Optional.of(new LidarScan(new float[] {20, 0, 0, 1})),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    card(row, RowKind.SCENE, "");
    var image = ImageIO.read(folder.resolve("samples/1.png").toFile());
    // Twenty of forty metres ahead: half of the way up from the middle.
    assertThat(image.getRGB(224, 112) & 0xFFFFFF).isEqualTo(0xC0C0C0);
    assertThat(image.getRGB(112, 224) & 0xFFFFFF).isZero();
  }
}
