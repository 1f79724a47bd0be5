package org.trispike.datasets.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.event.Events;
import org.trispike.datasets.format.lidar.LidarScan;
import org.trispike.datasets.format.lidar.PointLabels;

final class RowRoundTripTest {
  private static Events events(long... micros) {
    short[] x = new short[micros.length];
    short[] y = new short[micros.length];
    byte[] polarity = new byte[micros.length];
    for (int i = 0; i < micros.length; i++) {
      x[i] = (short) (i * 7 % 30);
      y[i] = (short) (i * 11 % 20);
      polarity[i] = (byte) (i % 2);
    }
    return new Events(30, 20, micros, x, y, polarity);
  }

  @Test
  void eventsAreLaidOutFieldByFieldWithTimesAsDifferences() {
    byte[] packed = EventPacking.pack(events(1000, 1000, 1_005), 990);
    ByteBuffer in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(packed).hasSize(27);
    assertThat(new short[] {in.getShort(), in.getShort(), in.getShort()}).containsExactly(0, 7, 14);
    assertThat(new short[] {in.getShort(), in.getShort(), in.getShort()}).containsExactly(0, 11, 2);
    assertThat(new int[] {in.getInt(), in.getInt(), in.getInt()}).containsExactly(10, 0, 5);
    assertThat(new byte[] {in.get(), in.get(), in.get()}).containsExactly(0, 1, 0);
  }

  @Test
  void eventsComeBackWithPausesUpToAnHour() {
    long hour = 3_600_000_000L;
    Events events = events(5, 5, 6, hour, 2 * hour);
    Events back = EventPacking.unpack(EventPacking.pack(events, 0), 30, 20, 0);
    assertThat(back.micros()).isEqualTo(events.micros());
    assertThat(back.x()).isEqualTo(events.x());
    assertThat(back.y()).isEqualTo(events.y());
    assertThat(back.polarity()).isEqualTo(events.polarity());
    assertThatThrownBy(() -> EventPacking.pack(events(0, 5_000_000_000L), 0))
        .hasMessageContaining("5000000000 us after");
    assertThatThrownBy(() -> EventPacking.pack(events(3), 4)).hasMessageContaining("-1 us after");
  }

  @Test
  void scansAndLabelsComeBackWithAllTheirBits() {
    float[] xyzi = {1.5f, -2.25f, 1e-7f, 0.99f, -80, 3, -1.7f, 0};
    assertThat(ScanPacking.scan(ScanPacking.pack(new LidarScan(xyzi))).xyzi()).isEqualTo(xyzi);
    PointLabels labels = new PointLabels(new int[] {0, 65_535, 19}, new int[] {7, 0, 40_000});
    PointLabels back = ScanPacking.labels(ScanPacking.pack(labels));
    assertThat(back.semantic()).isEqualTo(labels.semantic());
    assertThat(back.instance()).isEqualTo(labels.instance());
  }

  @Test
  void valuesOfAWrongSizeAreNamed() {
    assertThatThrownBy(() -> EventPacking.unpack(new byte[10], 3, 3, 0))
        .hasMessage("Events are 10 bytes, no multiple of 9");
    assertThatThrownBy(() -> ScanPacking.scan(new byte[17])).hasMessage("A scan of 17 bytes");
    assertThatThrownBy(() -> ScanPacking.matrix(new byte[95])).hasMessage("A matrix of 95 bytes");
  }
}
