package org.trispike.datasets.format.lidar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.GivenLimits;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.MemoryFiles;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;
import org.trispike.datasets.format.Source;

final class LidarScanTest {
  private static final Refusal SCAN = Refusal.of("velodyne/1.bin", LidarScan::read);
  private static final Refusal LABELS = Refusal.of("labels/1.label", PointLabels::read);

  private static byte[] floats(float... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      out.putFloat(value);
    }
    return out.array();
  }

  private static byte[] words(int... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      out.putInt(value);
    }
    return out.array();
  }

  @Test
  void aScanIsItsPoints() throws CorruptInputException {
    float[] values = {1, -2.5f, 3, 0.25f, -0f, 1e-30f, 80, 1};
    LidarScan scan = LidarScan.read(Refusal.file("a.bin", floats(values)));
    assertThat(scan.xyzi()).isEqualTo(values);
    assertThat(scan.points()).isEqualTo(2);
  }

  @Test
  void furtherValuesOfAPointAreLeftOut() throws CorruptInputException {
    float[] values = {1, 2, 3, 4, 31, 5, 6, 7, 8, Float.NaN};
    Source source = Refusal.file("a.pcd.bin", floats(values));
    assertThat(LidarScan.read(source, LidarScan.NUSCENES_FLOATS).xyzi())
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    assertThatThrownBy(() -> LidarScan.read(source, 3)).hasMessage("Floats per point = 3");
  }

  @Test
  void namesWhatIsWrongWithAScan() {
    SCAN.expect(Reason.EMPTY, "It has no points", new byte[0]);
    SCAN.expect(Reason.TRUNCATED, "Its 20 bytes end within a point of 16 bytes", new byte[20]);
    SCAN.expect(
        Reason.NOT_FINITE, "Point 1 holds the number NaN", floats(1, 2, 3, 4, 5, 6, Float.NaN, 8));
    SCAN.expect(
        Reason.NOT_FINITE,
        "Point 0 holds the number -Infinity",
        floats(1, 2, 3, Float.NEGATIVE_INFINITY));
    SCAN.expect(
        Reason.COUNT_OVERFLOW,
        "Vertex count 3 is outside 0..2",
        Source.of(
            MemoryFiles.of("velodyne/1.bin", new byte[48]),
            "velodyne/1.bin",
            GivenLimits.of("vertices = 2")));
    SCAN.expect(
        Reason.MISSING,
        "There is no such file",
        Source.of(new MemoryFiles(), "velodyne/1.bin", Limits.defaults()));
  }

  @Test
  void aLabelIsAClassAndAnObject() throws CorruptInputException {
    Source source = Refusal.file("a.label", words(40, 7 << 16 | 10, 0xFFFF_00FF));
    PointLabels labels = PointLabels.read(source);
    assertThat(labels.semantic()).containsExactly(40, 10, 255);
    assertThat(labels.instance()).containsExactly(0, 7, 65535);
    labels.checkMatches(source, new LidarScan(new float[12]));
    assertThatThrownBy(() -> labels.checkMatches(source, new LidarScan(new float[16])))
        .hasToString("a.label: COUNT_OVERFLOW: It labels 3 points, and its scan has 4");
  }

  @Test
  void namesWhatIsWrongWithLabels() {
    LABELS.expect(Reason.EMPTY, "It labels no point", new byte[0]);
    LABELS.expect(Reason.TRUNCATED, "Its 7 bytes end within a label of 4 bytes", new byte[7]);
  }

  @Test
  void recordsCheckWhatTheyHold() {
    assertThatThrownBy(() -> new LidarScan(new float[5]))
        .hasMessage("5 numbers are no points of 4");
    float[] infinite = new float[8];
    Arrays.fill(infinite, 4, 5, Float.POSITIVE_INFINITY);
    assertThatThrownBy(() -> new LidarScan(infinite))
        .hasMessage("Point 1 holds the number Infinity");
    assertThatThrownBy(() -> new PointLabels(new int[1], new int[2]))
        .hasMessage("1 labels for 2 instances");
  }
}
