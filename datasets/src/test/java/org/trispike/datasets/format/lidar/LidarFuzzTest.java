package org.trispike.datasets.format.lidar;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.trispike.datasets.format.Hostile;

/** Frames of lidars of any bytes. Replays its corpus unless it is told to fuzz. */
final class LidarFuzzTest {
  @FuzzTest
  void calibration(byte[] bytes) {
    Hostile.read("000000.txt", bytes, KittiCalibration::read);
  }

  @FuzzTest
  void labels(byte[] bytes) {
    Hostile.read("000000.txt", bytes, KittiLabels::read);
  }

  @FuzzTest
  void scan(byte[] bytes) {
    Hostile.read("000000.bin", bytes, LidarScan::read);
  }

  @FuzzTest
  void points(byte[] bytes) {
    Hostile.read("000000.label", bytes, PointLabels::read);
  }

  @FuzzTest
  void learningMap(byte[] bytes) {
    Hostile.read("semantic-kitti.yaml", bytes, LearningMap::read);
  }
}
