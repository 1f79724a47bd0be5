package org.trispike.datasets.format.lidar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.TextLine;

/**
 * How the sensors of a frame of KITTI's object benchmark stand to each other. Rectified coordinates
 * are those of camera 0 after rectification, in metres: x to the right, y down, z ahead; labels are
 * given in them. Source: A. Geiger et al., Vision meets Robotics: The KITTI Dataset, 2013.
 *
 * @param cameras the projections P0 to P3 from rectified coordinates; colour pictures are of camera
 *     2 (image_2) and 3
 * @param rectification of camera 0; R0_rect
 * @param velodyneToCamera from the lidar to camera 0; Tr_velo_to_cam
 * @param imuToVelodyne from the inertial sensor to the lidar; Tr_imu_to_velo
 */
public record KittiCalibration(
    List<Projection> cameras,
    RigidMap rectification,
    RigidMap velodyneToCamera,
    RigidMap imuToVelodyne) {
  public KittiCalibration {
    cameras = List.copyOf(cameras);
    if (cameras.size() != 4) {
      throw new IllegalArgumentException("There are " + cameras.size() + " cameras, not 4");
    }
    Objects.requireNonNull(rectification);
    Objects.requireNonNull(velodyneToCamera);
    Objects.requireNonNull(imuToVelodyne);
  }

  /** The calibration in a file of the folder calib; matrices of other names are left alone. */
  public static KittiCalibration read(Source source) throws CorruptInputException {
    Map<String, TextLine> lines = new HashMap<>();
    for (TextLine line : TextLine.read(source)) {
      String name = line.cells(':')[0];
      line.check(lines.put(name, line) == null, "%s stands there twice", Source.brief(name));
    }
    return new KittiCalibration(
        List.of(
            new Projection(matrix(source, lines, "P0", 12)),
            new Projection(matrix(source, lines, "P1", 12)),
            new Projection(matrix(source, lines, "P2", 12)),
            new Projection(matrix(source, lines, "P3", 12))),
        rigid(source, lines, "R0_rect", 9),
        rigid(source, lines, "Tr_velo_to_cam", 12),
        rigid(source, lines, "Tr_imu_to_velo", 12));
  }

  private static double[] matrix(
      Source source, Map<String, TextLine> lines, String name, int numbers)
      throws CorruptInputException {
    TextLine line = lines.get(name);
    source.check(line != null, Reason.BAD_ROW, "It lacks %s", name);
    String[] words = line.words();
    line.check(
        words.length == 1 + numbers, "%s has %s numbers, not %s", name, words.length - 1, numbers);
    double[] out = new double[numbers];
    for (int i = 0; i < numbers; i++) {
      out[i] = line.decimal(words[i + 1]);
    }
    return out;
  }

  private static RigidMap rigid(
      Source source, Map<String, TextLine> lines, String name, int numbers)
      throws CorruptInputException {
    double[] matrix = matrix(source, lines, name, numbers);
    try {
      return numbers == 9 ? RigidMap.rotation(matrix) : new RigidMap(matrix);
    } catch (IllegalArgumentException e) {
      throw lines.get(name).fault(Reason.BAD_ROW, "%s: %s", name, e.getMessage());
    }
  }

  /** From the lidar's coordinates to rectified ones. */
  public RigidMap velodyneToRectified() {
    return rectification.after(velodyneToCamera);
  }

  /** From rectified coordinates to the lidar's. */
  public RigidMap rectifiedToVelodyne() {
    return velodyneToRectified().inverse();
  }
}
