package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;

/** ADE20K and Cityscapes. */
final class SegmentMapsTest {
  @Test
  void ade() throws CorruptInputException {
    ClassMap scene = AdeMaps.scene(Refusal.file("a.png", Pngs.grey(3, 1, 0, 150, 7)));
    assertThat(scene.ids()).containsExactly(0, 150, 7);
    assertThat(scene.voidId()).isZero();
    SegmentMap full = AdeMaps.full(Refusal.file("a_seg.png", Pngs.rgb(2, 1, 129, 200, 3, 0, 0, 0)));
    assertThat(full.classes().ids()).containsExactly(12 * 256 + 200, 0);
    assertThat(full.segments()).containsExactly(3, 0);
    Refusal maps = Refusal.of("a.png", AdeMaps::scene);
    maps.expect(
        Reason.INDEX_OUT_OF_RANGE,
        "Pixel 0, 1 is of class 151, beyond 150",
        Pngs.grey(1, 2, 0, 151));
    Refusal.of("a.png", AdeMaps::full)
        .expect(Reason.UNSUPPORTED, "1 channels of 8 bits", Pngs.grey(1, 1, 0));
    Refusal.of("a.txt", AdeMaps::names)
        .expect(
            Reason.BAD_ROW, "It names 1 classes", "Idx\tRatio\tTrain\tVal\tName\n1\t0\t1\t2\twall");
  }

  @Test
  void cityscapesLabels() throws CorruptInputException {
    ClassMap labels = CityscapesMaps.labels(Refusal.file("a.png", Pngs.grey(4, 1, 0, 7, 29, 33)));
    assertThat(CityscapesMaps.trainIds(labels).ids()).containsExactly(255, 0, 255, 18);
    assertThat(CityscapesMaps.trainIds(labels).voidId()).isEqualTo(255);
    assertThat(CityscapesClass.ALL).hasSize(34);
    int trained = 0;
    for (int id = 0; id < 34; id++) {
      CityscapesClass each = CityscapesClass.ALL.get(id);
      assertThat(each.id()).isEqualTo(id);
      if (each.trainId() != CityscapesClass.VOID) {
        assertThat(each.trainId()).isEqualTo(trained++);
      }
    }
    assertThat(trained).isEqualTo(19);
    assertThat(CityscapesClass.named("rider")).map(CityscapesClass::id).contains(25);
    assertThat(CityscapesClass.named("cargroup")).isEmpty();
  }

  @Test
  void cityscapesInstancesAreSixteenBits() throws CorruptInputException {
    byte[] png = Pngs.grey16(5, 1, 26_000, 33_999, 26, 7, 24_017);
    SegmentMap map = CityscapesMaps.instances(Refusal.file("a.png", png));
    assertThat(map.classes().ids()).containsExactly(26, 33, 26, 7, 24);
    assertThat(map.segments()).containsExactly(26_000, 33_999, 0, 0, 24_017);
    Refusal maps = Refusal.of("a.png", CityscapesMaps::instances);
    maps.expect(
        Reason.INDEX_OUT_OF_RANGE, "Pixel 0, 0 is of class 34, beyond 33", Pngs.grey16(1, 1, 34));
    maps.expect(
        Reason.INDEX_OUT_OF_RANGE, "is of class 34000, beyond 33999", Pngs.grey16(1, 1, 34_000));
    maps.ofDamage(png);
  }

  @Test
  void recordsCheckWhatTheyHold() {
    ClassMap map = new ClassMap(1, 1, new short[1], 0);
    assertThatThrownBy(() -> new SegmentMap(map, new int[2]))
        .hasMessage("1 classes for 2 segments");
  }
}
