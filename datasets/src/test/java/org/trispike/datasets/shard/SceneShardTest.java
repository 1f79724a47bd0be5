package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.lidar.Box3d;
import org.trispike.datasets.format.lidar.Difficulty;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.Scene;

/** Scans of lidars, from disk to shards. */
final class SceneShardTest {
  /** Cameras look along the lidar's x; the lidar stands 1 m above them. */
  private static final String CALIBRATION =
      """
      P0: 100 0 50 0 0 100 40 0 0 0 1 0
      P1: 100 0 50 0 0 100 40 0 0 0 1 0
      P2: 100 0 50 0 0 100 40 0 0 0 1 0
      P3: 100 0 50 0 0 100 40 0 0 0 1 0
      R0_rect: 1 0 0 0 1 0 0 0 1
      Tr_velo_to_cam: 0 -1 0 0 0 0 -1 -1 1 0 0 0
      Tr_imu_to_velo: 1 0 0 0 0 1 0 0 0 0 1 0
      """;

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void begin() {
    spark = ShardRun.session();
  }

  @AfterAll
  static void end() {
    spark.stop();
  }

  private ShardRun run() {
    return new ShardRun(spark, folder);
  }

  private void write(String path, byte[] bytes) throws IOException {
    Path file = run().in().resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private void write(String path, String text) throws IOException {
    write(path, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static byte[] scan(float... values) {
    ByteBuffer out =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.asFloatBuffer().put(values);
    return out.array();
  }

  private void frame(String part, String id, float x) throws IOException {
    write(part + "/velodyne/" + id + ".bin", scan(x, 0, -1, 0.5f, 20, 5, -1, 0.25f));
    write(part + "/calib/" + id + ".txt", CALIBRATION);
  }

  @Test
  void boxesStandInTheLidarsCoordinates() throws IOException {
    frame("training", "000000", 10);
    frame("training", "000001", 11);
    frame("testing", "000000", 12);
    // 10 m ahead, standing on the ground 1.5 m below the cameras, heading ahead.
    write(
        "training/label_2/000000.txt",
        """
        Car 0.00 0 -1.57 10 20 60 70 1.5 1.6 4.0 2.0 1.5 10.0 -1.5707963
        DontCare -1 -1 -10 1 2 3 5 -1 -1 -1 -1000 -1000 -1000 -10
        """);
    write("training/label_2/000001.txt", "");
    write("ImageSets/train.txt", "000000\n");
    write("ImageSets/val.txt", "000001\n");
    DatasetManifest manifest = run().shard("data.layout = kitti");
    assertThat(manifest.rows(Split.TRAIN)).isEqualTo(1);
    assertThat(manifest.rows(Split.VALIDATION)).isEqualTo(1);
    assertThat(manifest.rows(Split.TEST)).isEqualTo(1);
    Scene scene =
        run().rows(manifest, RowKind.SCENE).stream()
            .filter(row -> row.id().equals("training/000000"))
            .findFirst()
            .orElseThrow();
    assertThat(scene.points().xyzi()).containsExactly(10, 0, -1, 0.5f, 20, 5, -1, 0.25f);
    Box3d box = scene.boxes().get(0);
    assertThat(new double[] {box.x(), box.y(), box.z(), box.yaw()})
        .containsExactly(new double[] {10, -2, -2.5 + 0.75, 0}, within(1e-6));
    assertThat(new double[] {box.length(), box.width(), box.height()})
        .containsExactly(4.0, 1.6, 1.5);
    assertThat(box.category()).isEqualTo("Car");
    assertThat(box.difficulty()).isEqualTo(Difficulty.EASY);
    assertThat(scene.unlabelled().get(0).width()).isEqualTo(2);
    assertThat(scene.files()).hasSize(3);
    assertThat(run().verify().findings()).isEmpty();
  }

  @Test
  void frameWithoutCalibrationIsQuarantined() throws IOException {
    frame("training", "000000", 10);
    write("training/label_2/000000.txt", "");
    write("training/velodyne/000001.bin", scan(1, 2, 3, 4));
    DatasetManifest manifest = run().shard("data.layout = kitti", "data.max-bad-ratio = 0.5");
    assertThat(manifest.rows()).isEqualTo(1);
    assertThat(manifest.quarantine()).containsEntry("MISSING", 1L);
  }

  @Test
  void labelsBecomeTheClassesOfTheLearningMap() throws IOException {
    write(
        "semantic-kitti.yaml",
        """
        labels:
          0: "unlabeled"
          10: "car"
          252: "moving-car"
        learning_map:
          0: 0
          10: 1
          252: 1
        learning_map_inv:
          0: 0
          1: 10
        learning_ignore:
          0: True
          1: False
        split:
          train:
            - 0
          valid:
            - 8
          test:
            - 11
        """);
    for (String sequence : new String[] {"00", "08", "11"}) {
      write("sequences/" + sequence + "/velodyne/000000.bin", scan(1, 2, 3, 0, 4, 5, 6, 1));
    }
    byte[] labels = {(byte) 252, 0, 3, 0, 0, 0, 0, 0};
    write("sequences/00/labels/000000.label", labels);
    write("sequences/08/labels/000000.label", labels);
    DatasetManifest manifest = run().shard("data.layout = semantickitti");
    assertThat(manifest.classes()).containsEntry(0, "unlabeled").containsEntry(1, "car");
    assertThat(manifest.quarantine()).isEmpty();
    for (Scene scene : run().rows(manifest, RowKind.SCENE)) {
      if (scene.split() == Split.TEST) {
        assertThat(scene.labels()).isEmpty();
      } else {
        assertThat(scene.labels().orElseThrow().semantic()).containsExactly(1, 0);
        assertThat(scene.labels().orElseThrow().instance()).containsExactly(3, 0);
      }
    }
    assertThat(
            DatasetManifest.read(
                spark.sparkContext().hadoopConfiguration(),
                folder.resolve("run/dataset").toString()))
        .isEqualTo(manifest);
  }

  @Test
  void realFramesOfKittiHoldTheirBoxes() {
    DatasetManifest manifest = run().shard(SharedData.folder("lidar/kitti"), "data.layout = kitti");
    assertThat(manifest.rows()).isEqualTo(5);
    assertThat(run().rows(manifest, RowKind.SCENE).stream().mapToInt(row -> row.boxes().size()))
        .containsExactlyInAnyOrder(1, 3, 2, 1, 0);
  }

  @Test
  void realScanOfSemanticKittiHasAClassAPoint() {
    DatasetManifest manifest =
        run().shard(SharedData.folder("lidar/semantickitti"), "data.layout = semantickitti");
    Scene scene = run().rows(manifest, RowKind.SCENE).get(0);
    assertThat(scene.labels().orElseThrow().size()).isEqualTo(scene.points().points());
    assertThat(manifest.classes()).hasSize(20).containsEntry(1, "car").containsEntry(9, "road");
  }
}
