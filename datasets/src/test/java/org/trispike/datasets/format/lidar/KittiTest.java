package org.trispike.datasets.format.lidar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;
import org.trispike.datasets.format.label.Box2d;

final class KittiTest {
  private static final Refusal CALIBRATION = Refusal.of("calib/1.txt", KittiCalibration::read);
  private static final Refusal LABELS = Refusal.of("label_2/1.txt", KittiLabels::read);

  /** A lidar 2 m above the camera's origin and 1 m behind it, with axes that only change names. */
  private static final String SIMPLE =
      """
      P0: 100 0 320 0 0 100 240 0 0 0 1 0
      P1: 100 0 320 -50 0 100 240 0 0 0 1 0
      P2: 100 0 320 10 0 100 240 20 0 0 1 0.5
      P3: 100 0 320 -40 0 100 240 0 0 0 1 0
      R0_rect: 1 0 0 0 1 0 0 0 1
      Tr_velo_to_cam: 0 -1 0 0 0 0 -1 -2 1 0 0 -1
      Tr_imu_to_velo: 1 0 0 -0.8 0 1 0 0.3 0 0 1 -0.8
      """;

  private static KittiCalibration calibration() throws CorruptInputException {
    return KittiCalibration.read(Refusal.file("c.txt", SIMPLE));
  }

  private static KittiLabels labels(String... lines) throws CorruptInputException {
    return KittiLabels.read(Refusal.file("l.txt", lines));
  }

  private static KittiObject car(double rotationY) throws CorruptInputException {
    String line = "Car 0.00 0 -1.57 600 150 630 190 1.5 1.6 4.0 2.0 1.5 10.0 %.17g";
    return labels(String.format(Locale.ROOT, line, rotationY)).objects().get(0);
  }

  @Test
  void pointsGoFromTheLidarToThePictureAndBack() throws CorruptInputException {
    KittiCalibration calibration = calibration();
    double[] rectified = calibration.velodyneToRectified().map(11, -3, 0.5);
    assertThat(rectified).containsExactly(3, -2.5, 10);
    assertThat(calibration.rectifiedToVelodyne().map(3, -2.5, 10)).containsExactly(11, -3, 0.5);
    assertThat(calibration.cameras().get(2).project(3, -2.5, 10))
        .containsExactly((300 + 3200 + 10) / 10.5, (-250 + 2400 + 20) / 10.5, 10.5);
    assertThat(calibration.imuToVelodyne().map(0, 0, 0)).containsExactly(-0.8, 0.3, -0.8);
  }

  @Test
  void aRigidMapAndItsInverseAreTheIdentity() {
    double c = Math.cos(0.3);
    double s = Math.sin(0.3);
    RigidMap tilted = new RigidMap(new double[] {c, -s, 0, 4, s, c, 0, -5, 0, 0, 1, 6});
    RigidMap turned = new RigidMap(new double[] {0, 0, 1, 1, 1, 0, 0, 2, 0, 1, 0, 3});
    RigidMap both = tilted.after(turned);
    double[] step = turned.map(7, -8, 9);
    assertThat(both.map(7, -8, 9)).containsExactly(tilted.map(step[0], step[1], step[2]));
    double[] there = both.map(7, -8, 9);
    double[] back = both.inverse().map(there[0], there[1], there[2]);
    assertThat(back).containsExactly(new double[] {7, -8, 9}, within(1e-12));
    assertThatThrownBy(() -> RigidMap.rotation(new double[] {1, 0, 0, 0, 2, 0, 0, 0, 1}))
        .hasMessageStartingWith("It does not rotate: [1.0, 0.0, 0.0, 0.0, 0.0, 2.0");
  }

  @Test
  void aBoxStandsOnThePlaceOfItsLabel() throws CorruptInputException {
    Box3d box = car(0).box(calibration());
    assertThat(new double[] {box.x(), box.y(), box.z()}).containsExactly(11, -2, -3.5 + 0.75);
    assertThat(new double[] {box.length(), box.width(), box.height()}).containsExactly(4, 1.6, 1.5);
    assertThat(box.yaw()).isEqualTo(-Math.PI / 2);
    assertThat(box.category()).isEqualTo("Car");
    assertThat(box.difficulty()).isEqualTo(Difficulty.MODERATE);
  }

  @Test
  void yawIsTheHeadingSeenByTheLidar() throws CorruptInputException {
    RigidMap back = calibration().rectifiedToVelodyne();
    double[] origin = back.map(0, 0, 0);
    for (double rotation = -3.14; rotation < 3.15; rotation += 0.157) {
      Box3d box = car(rotation).box(calibration());
      double[] heading = back.map(Math.cos(rotation), 0, -Math.sin(rotation));
      assertThat(Math.cos(box.yaw())).isCloseTo(heading[0] - origin[0], within(1e-12));
      assertThat(Math.sin(box.yaw())).isCloseTo(heading[1] - origin[1], within(1e-12));
    }
    for (double angle : new double[] {Math.PI, -Math.PI, 3 * Math.PI, -1e-17 - Math.PI, 1e9}) {
      assertThat(Box3d.wrapped(angle)).isGreaterThanOrEqualTo(-Math.PI).isLessThan(Math.PI);
    }
  }

  @Test
  void aBoxHoldsItsCornersAndNothingBeyond() throws CorruptInputException {
    Box3d box = car(0.7).box(calibration());
    double[] corners = box.corners();
    for (int c = 0; c < 24; c += 3) {
      double[] inwards = {box.x(), box.y(), box.z()};
      for (double share : new double[] {0.999, 1.001}) {
        boolean inside =
            box.contains(
                inwards[0] + share * (corners[c] - inwards[0]),
                inwards[1] + share * (corners[c + 1] - inwards[1]),
                inwards[2] + share * (corners[c + 2] - inwards[2]));
        assertThat(inside).isEqualTo(share < 1);
      }
    }
    // The front left lower corner, by the label's own coordinates.
    double ahead = box.x() + 2 * Math.cos(box.yaw()) - 0.8 * Math.sin(box.yaw());
    assertThat(corners[9]).isCloseTo(ahead, within(1e-12));
    assertThat(corners[11]).isCloseTo(-3.5, within(1e-12));
  }

  @Test
  void regionsAreNoBoxes() throws CorruptInputException {
    KittiLabels labels =
        labels(
            "DontCare -1 -1 -10 503.89 169.71 590.61 190.13 -1 -1 -1 -1000 -1000 -1000 -10",
            "Van 0.4 2 1.5 10 20 30 50 2 2 5 1 2 30 1.5 0.75");
    assertThat(labels.boxes(calibration())).extracting(Box3d::category).containsExactly("Van");
    Box2d region = labels.dontCare().get(0);
    assertThat(region.x()).isEqualTo(503.89);
    assertThat(region.right()).isEqualTo(590.61);
    assertThat(labels.objects().get(0).score()).isNaN();
    assertThat(labels.objects().get(1).score()).isEqualTo(0.75);
    KittiObject first = labels.objects().get(0);
    KittiCalibration calibration = calibration();
    assertThatThrownBy(() -> first.box(calibration)).hasMessage("A region has no box");
    assertThat(labels().objects()).isEmpty();
  }

  @Test
  void difficultyIsThatOfTheBenchmark() {
    assertThat(Difficulty.of(40.1, 0, 0.15)).isEqualTo(Difficulty.EASY);
    assertThat(Difficulty.of(40, 0, 0.15)).isEqualTo(Difficulty.MODERATE);
    assertThat(Difficulty.of(90, 1, 0.16)).isEqualTo(Difficulty.MODERATE);
    assertThat(Difficulty.of(26, 2, 0.5)).isEqualTo(Difficulty.HARD);
    assertThat(Difficulty.of(25, 0, 0)).isEqualTo(Difficulty.NONE);
    assertThat(Difficulty.of(90, 3, 0)).isEqualTo(Difficulty.NONE);
    assertThat(Difficulty.of(90, 0, 0.51)).isEqualTo(Difficulty.NONE);
  }

  @Test
  void namesWhatIsWrong() {
    CALIBRATION.expect(Reason.BAD_ROW, "It lacks P3", SIMPLE.replace("P3", "P4"));
    CALIBRATION.expect(Reason.BAD_ROW, "P2 stands there twice", SIMPLE.replace("P1", "P2"));
    CALIBRATION.expect(
        Reason.BAD_ROW,
        "Line 5: R0_rect has 8 numbers, not 9",
        SIMPLE.replace("1 0 0 0 1 0 0 0 1\n", "1 0 0 0 1 0 0 0\n"));
    CALIBRATION.expect(
        Reason.BAD_ROW,
        "Line 6: Tr_velo_to_cam: It does not rotate",
        SIMPLE.replace("0 -1 0 0 0 0 -1", "0 -2 0 0 0 0 -1"));
    CALIBRATION.expect(
        Reason.BAD_ROW, "Line 3: 'x' is no number", SIMPLE.replace("10 0 100", "10 x 100"));
    CALIBRATION.ofDamage(SIMPLE.getBytes(StandardCharsets.UTF_8));
    String van = "Van 0.4 2 1.5 10 20 30 50 2 2 5 1 2 30 1.5";
    LABELS.expect(
        Reason.BAD_ROW,
        "Line 2: It has 14 words, not 15 or 16",
        van,
        van.replace(" 30 1.5", " 30"));
    LABELS.expect(Reason.BAD_ROW, "A Van is 2.0 by 0.0 by 5.0 m", van.replace("2 2 5", "2 0 5"));
    LABELS.expect(Reason.BAD_ROW, "4 is outside -1..3", van.replace("0.4 2", "0.4 4"));
    LABELS.expect(Reason.BAD_ROW, "Truncated = 1.4 is no share", van.replace("0.4", "1.4"));
    LABELS.expect(
        Reason.BAD_ROW, "A box is -1.0 by 30.0 pixels", van.replace("10 20 30", "31 20 30"));
    LABELS.expect(Reason.NOT_FINITE, "'1e999' is not finite", van.replace("30 1.5", "1e999 1.5"));
    LABELS.ofDamage(van.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new KittiCalibration(List.of(), null, null, null))
        .hasMessage("There are 0 cameras, not 4");
  }
}
