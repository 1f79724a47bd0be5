package org.trispike.datasets.format.lidar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.IdList;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.LocalFiles;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.label.Box2d;

/** Frames of real lidars. Sums and counts are NumPy's; cut-out objects are OpenPCDet's. */
final class RealLidarTest {
  private static Path folder;

  @BeforeAll
  static void findScans() {
    folder = SharedData.folder("lidar");
  }

  private static Source file(String path) {
    return Source.of(new LocalFiles(folder), path, Limits.defaults());
  }

  private static KittiCalibration calibration(int frame) throws CorruptInputException {
    return KittiCalibration.read(file("kitti/training/calib/00000" + frame + ".txt"));
  }

  private static List<KittiObject> objects(int frame) throws CorruptInputException {
    String path = "kitti/training/label_2/00000" + frame + ".txt";
    return KittiLabels.read(file(path)).objects().stream().filter(o -> !o.dontCare()).toList();
  }

  @Test
  void semanticKitti() throws CorruptInputException {
    LidarScan scan = LidarScan.read(file("semantickitti/sequences/00/velodyne/000000.bin"));
    double[] sums = new double[4];
    for (int i = 0; i < scan.xyzi().length; i++) {
      sums[i % 4] += scan.xyzi()[i];
    }
    assertThat(scan.points()).isEqualTo(124668);
    assertThat(sums)
        .containsExactly(
            new double[] {-178942.81446786, 127768.87421242, -150940.37101741, 36669.10004123},
            within(1e-6));
    Source labelled = file("semantickitti/sequences/00/labels/000000.label");
    PointLabels labels = PointLabels.read(labelled);
    labels.checkMatches(labelled, scan);
    assertThat(Arrays.stream(labels.instance()).distinct()).hasSize(15);
    LearningMap map = LearningMap.read(file("semantickitti/semantic-kitti.yaml"));
    int[] counts = new int[20];
    for (int number : map.classes(labelled, labels)) {
      counts[number]++;
    }
    assertThat(counts)
        .containsExactly(
            2184 + 4 + 1471 + 1227,
            4234,
            0,
            0,
            0,
            0,
            0,
            0,
            88,
            34228 + 1053,
            3268,
            26360,
            0,
            18268,
            370,
            27123,
            1192,
            2964,
            532,
            102);
    assertThat(map.classes().get(8).name()).isEqualTo("motorcyclist");
    assertThat(map.classes().stream().filter(LearningMap.LearningClass::ignored)).hasSize(1);
    assertThat(map.split(0)).contains("train");
    assertThat(map.split(8)).contains("valid");
    assertThat(map.split(21)).contains("test");
  }

  @Test
  void nuScenes() throws CorruptInputException {
    LidarScan scan =
        LidarScan.read(
            file(
                "mmdet3d_demo/nuscenes/"
                    + "n015-2018-07-24-11-22-45+0800__LIDAR_TOP__1532402927647951.pcd.bin"),
            LidarScan.NUSCENES_FLOATS);
    assertThat(scan.points()).isEqualTo(34688);
    assertThat(Arrays.copyOf(scan.xyzi(), 8))
        .containsExactly(
            new float[] {
              -3.1243734f, -0.43415368f, -1.867192f, 4, -3.2906363f, -0.43220678f, -1.8631892f, 1
            },
            within(1e-6f));
  }

  /** The cut-outs were made with boxes that are 1 cm larger on each of their four sides. */
  @Test
  void boxesHoldThePointsThatOthersCutOut() throws CorruptInputException {
    int found = 0;
    for (int frame = 0; frame < 4; frame++) {
      LidarScan scan = LidarScan.read(file("kitti/training/velodyne/00000" + frame + ".bin"));
      List<KittiObject> objects = objects(frame);
      for (int o = 0; o < objects.size(); o++) {
        String type = objects.get(o).region().category();
        Box3d box = objects.get(o).box(calibration(frame));
        LidarScan cut =
            LidarScan.read(file("kitti/gt_database/00000" + frame + "_" + type + "_" + o + ".bin"));
        same(inside(scan, larger(box, 0.02)), cut, box);
        found++;
      }
    }
    assertThat(found).isEqualTo(7);
  }

  private static Box3d larger(Box3d box, double by) {
    return new Box3d(
        box.x(),
        box.y(),
        box.z(),
        box.length() + by,
        box.width() + by,
        box.height(),
        box.yaw(),
        box.category(),
        box.truncation(),
        box.occlusion(),
        box.difficulty());
  }

  private static float[] inside(LidarScan scan, Box3d box) {
    float[] out = new float[scan.xyzi().length];
    int length = 0;
    for (int i = 0; i < out.length; i += 4) {
      if (box.contains(scan.xyzi()[i], scan.xyzi()[i + 1], scan.xyzi()[i + 2])) {
        System.arraycopy(scan.xyzi(), i, out, length, 4);
        length += 4;
      }
    }
    return Arrays.copyOf(out, length);
  }

  /** Cut-outs are relative to the middle of their box. */
  private static void same(float[] inside, LidarScan cut, Box3d box) {
    assertThat(inside).as(box.toString()).hasSize(cut.xyzi().length);
    double[] middle = {box.x(), box.y(), box.z(), 0};
    for (int i = 0; i < inside.length; i++) {
      assertThat(inside[i] - middle[i % 4]).isCloseTo(cut.xyzi()[i], within(1e-5));
    }
  }

  /** The labels' own rectangles: those of pedestrians are tighter than their boxes. */
  @Test
  void cornersInThePictureAreTheLabelsRectangle() throws CorruptInputException {
    for (int frame = 0; frame < 4; frame++) {
      KittiCalibration calibration = calibration(frame);
      for (KittiObject object : objects(frame)) {
        double[] corners = object.box(calibration).corners();
        double[] bounds = {1e9, 1e9, -1e9, -1e9};
        for (int c = 0; c < 24; c += 3) {
          double[] rectified =
              calibration.velodyneToRectified().map(corners[c], corners[c + 1], corners[c + 2]);
          double[] place =
              calibration.cameras().get(2).project(rectified[0], rectified[1], rectified[2]);
          assertThat(place[2]).isPositive();
          bounds[0] = Math.min(bounds[0], place[0]);
          bounds[1] = Math.min(bounds[1], place[1]);
          bounds[2] = Math.max(bounds[2], place[0]);
          bounds[3] = Math.max(bounds[3], place[1]);
        }
        Box2d region = object.region();
        double tolerance = region.category().equals("Pedestrian") ? 11 : 3.5;
        double[] expected = {region.x(), region.y(), region.right(), region.bottom()};
        assertThat(bounds).as(object.toString()).containsExactly(expected, within(tolerance));
      }
    }
  }

  @Test
  void listsOfFrames() throws CorruptInputException {
    List<String> train = IdList.read(file("kitti/ImageSets_official/train.txt"));
    List<String> val = IdList.read(file("kitti/ImageSets_official/val.txt"));
    assertThat(train).hasSize(3712).startsWith("000000", "000003", "000007");
    assertThat(val).hasSize(3769).doesNotContainAnyElementsOf(train);
  }
}
