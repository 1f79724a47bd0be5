package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;

final class PanopticTest {
  private static final Refusal JSON_FILE = Refusal.of("panoptic.json", PanopticAnnotations::read);

  private static final String JSON =
      """
      {"annotations": [{"segments_info": [
          {"id": 197121, "category_id": 200, "iscrowd": 0, "bbox": [0, 0, 1, 1], "area": 1},
          {"id": 256, "category_id": 1, "iscrowd": 1}],
         "file_name": "a.png", "image_id": 4}],
       "images": [{"id": 4, "file_name": "a.jpg", "width": 3, "height": 1}],
       "categories": [{"id": 200, "name": "rug", "isthing": 0}, {"id": 1, "name": "person", "isthing": 1}]}
      """;

  private static PanopticImage image() throws CorruptInputException {
    return PanopticAnnotations.read(Refusal.file("p.json", JSON)).images().get(0);
  }

  @Test
  void segmentsAreThoseOfTheMap() throws CorruptInputException {
    PanopticAnnotations all = PanopticAnnotations.read(Refusal.file("p.json", JSON));
    assertThat(all.categories())
        .containsEntry(200, new PanopticAnnotations.PanopticCategory("rug", false))
        .containsEntry(1, new PanopticAnnotations.PanopticCategory("person", true));
    assertThat(image().map()).isEqualTo("a.png");
    assertThat(image().segments())
        .containsExactly(
            new PanopticSegment(197121, 200, false), new PanopticSegment(256, 1, true));
    byte[] png = Pngs.rgb(3, 1, 0, 1, 0, 0, 0, 0, 1, 2, 3);
    SegmentMap map = PanopticMaps.read(Refusal.file("a.png", png), image());
    assertThat(map.segments()).containsExactly(256, 0, 1 + 2 * 256 + 3 * 65536);
    assertThat(map.classes().ids()).containsExactly(1, 0, 200);
    assertThat(map.classes().voidId()).isZero();
  }

  @Test
  void namesWhatIsWrong() throws CorruptInputException {
    PanopticImage image = image();
    Refusal map = Refusal.of("a.png", source -> PanopticMaps.read(source, image));
    map.expect(
        Reason.INDEX_OUT_OF_RANGE,
        "Pixel 2, 0 is of the segment 131329, which its annotation lacks",
        Pngs.rgb(3, 1, 0, 1, 0, 0, 0, 0, 1, 1, 2));
    map.expect(
        Reason.BAD_IMAGE, "of another size than its picture, 1 by 3", Pngs.rgb(1, 3, new int[9]));
    map.expect(Reason.UNSUPPORTED, "Its pixels are of 1 channels", Pngs.grey(3, 1, 0, 0, 0));
    map.expect(Reason.BAD_IMAGE, "It is no PNG file", new byte[20]);
    map.ofDamage(Pngs.rgb(3, 1, 0, 1, 0, 0, 0, 0, 1, 2, 3));
    JSON_FILE.expect(
        Reason.BAD_ROW, "The segment 256 stands there twice", JSON.replace("197121", "256"));
    JSON_FILE.expect(
        Reason.BAD_ROW,
        "The picture 5 is not listed",
        JSON.replace("image_id\": 4", "image_id\": 5"));
    JSON_FILE.expect(
        Reason.BAD_ROW,
        "The category 2 is not listed",
        JSON.replace("category_id\": 1", "category_id\": 2"));
    JSON_FILE.expect(
        Reason.BAD_ROW, "A segment has no id or no category_id", JSON.replace("\"id\": 256, ", ""));
    JSON_FILE.expect(
        Reason.BAD_ROW,
        "An annotation has no image_id or file_name",
        JSON.replace(", \"image_id\": 4", ""));
    JSON_FILE.ofDamage(JSON.getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new PanopticSegment(0, 1, false))
        .hasMessage("Segment 0 is outside 1..16777215");
  }

  @Test
  void aClassMapIsRenumbered() {
    ClassMap map = new ClassMap(2, 1, new short[] {(short) 40_000, 0}, 0);
    assertThat(map.at(0, 0)).isEqualTo(40_000);
    ClassMap other = map.renumbered(id -> id == 0 ? 255 : id / 10_000, 255);
    assertThat(other.ids()).containsExactly(4, 255);
    assertThat(other.voidId()).isEqualTo(255);
    assertThatThrownBy(() -> map.renumbered(id -> id - 1, 0))
        .hasMessage("Class -1 is outside 0..65535");
    assertThatThrownBy(() -> new ClassMap(2, 2, new short[3], 0))
        .hasMessage("2 by 2 pixels have 3 classes");
    assertThatThrownBy(() -> map.at(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
