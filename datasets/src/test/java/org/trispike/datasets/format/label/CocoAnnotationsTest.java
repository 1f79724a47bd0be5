package org.trispike.datasets.format.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Refusal;

final class CocoAnnotationsTest {
  private static final Refusal COCO = Refusal.of("a/instances.json", CocoAnnotations::read);

  /** Annotations stand before what they name, as the order of lists is free. */
  private static final String JSON =
      """
      {"info": {"year": [2017, {"deep": null}]},
       "annotations": [
        {"id": 5, "image_id": 2, "category_id": 18, "bbox": [1, 2, 3.5, 4], "area": 14.0,
         "iscrowd": 0, "segmentation": [[1, 2, 4.5, 2, 4.5, 6, 1, 6]], "keypoints": [1, 2, 2]},
        {"id": 6, "image_id": 9, "category_id": 1, "bbox": [0, 0, 3, 2], "area": 3, "iscrowd": 1,
         "segmentation": {"counts": [1, 3, 2], "size": [2, 3]}},
        {"id": 7, "image_id": 2, "category_id": 1, "bbox": [-1, 6, 30, 3], "area": 7, "iscrowd": 0,
         "segmentation": {"size": [8, 10], "counts": "0`2"}},
        {"id": 8, "image_id": 2, "category_id": 1, "bbox": [1, 1, 0, 0], "segmentation": []}],
       "images": [
        {"id": 9, "file_name": "b.jpg", "width": 3, "height": 2, "coco_url": "x"},
        {"id": 2, "file_name": "a.jpg", "width": 10, "height": 8},
        {"id": 3, "file_name": "c.jpg", "width": 5, "height": 5}],
       "categories": [{"id": 18, "name": "dog", "supercategory": "animal"},
                      {"id": 1, "name": "person"}]}
      """;

  @Test
  void everyPictureHasItsAnnotations() throws CorruptInputException {
    CocoAnnotations coco = CocoAnnotations.read(Refusal.file("a.json", JSON));
    assertThat(coco.categories().toString()).isEqualTo("{1=person, 18=dog}");
    assertThat(coco.images())
        .extracting(CocoImage::file)
        .containsExactly("b.jpg", "a.jpg", "c.jpg");
    assertThat(coco.images().get(1).annotations())
        .extracting(CocoAnnotation::id)
        .containsExactly(5L, 7L, 8L);
    assertThat(coco.images().get(2).annotations()).isEmpty();
    CocoAnnotation dog = coco.images().get(1).annotations().get(0);
    assertThat(dog.box()).isEqualTo(new Box2d(1, 2, 3.5, 4, "dog"));
    assertThat(dog.area()).isEqualTo(14);
    assertThat(dog.categoryId()).isEqualTo(18);
    CocoAnnotation crowd = coco.images().get(0).annotations().get(0);
    assertThat(crowd.box()).isEqualTo(new Box2d(0, 0, 3, 2, "person", true));
    assertThat(crowd.outline()).isEqualTo(new InstanceMask(3, 2, new int[] {1, 3, 2}));
    CocoAnnotation packed = coco.images().get(1).annotations().get(1);
    assertThat(packed.outline().mask(10, 8).area()).isEqualTo(80);
    assertThat(coco.images().get(1).annotations().get(2).outline().isEmpty()).isTrue();
  }

  @Test
  void aBoxIsCutAtTheBorderAndCounted() throws CorruptInputException {
    CocoAnnotations coco = CocoAnnotations.read(Refusal.file("a.json", JSON));
    assertThat(coco.clipped()).isEqualTo(1);
    assertThat(coco.images().get(1).annotations().get(1).box())
        .isEqualTo(new Box2d(0, 6, 10, 2, "person"));
    assertThat(new Box2d(-9, 1, 5, 5, "x").clipped(4, 4)).isEqualTo(new Box2d(0, 1, 0, 3, "x"));
  }

  @Test
  void namesWhatIsWrong() {
    wrong("stands there twice", "\"id\": 6", "\"id\": 5");
    wrong("The picture 9 stands there twice", "\"id\": 2,", "\"id\": 9,");
    wrong("The category 1 stands there twice", "\"id\": 18, \"name", "\"id\": 1, \"name");
    wrong("The annotation 5 is of the category 17, which is not listed", "_id\": 18", "_id\": 17");
    wrong("The annotation 6 is of the picture 8, which is not listed", "_id\": 9", "_id\": 8");
    wrong("The annotation 5 has no box of x, y and sizes", "3.5, 4", "3.5, -4");
    wrong("The annotation 5 has no box of x, y and sizes", "3.5, 4", "3.5");
    wrong("Its runs are 95 pixels, and not 10 by 8", "0`2", "0o2");
    wrong("Its runs are 80 pixels, and not 11 by 8", "8, 10]", "8, 11]");
    wrong("The annotation 6 has a mask of another size", "[2, 3]", "[3, 2]");
    wrong("A polygon has 7 coordinates", "1, 6]]", "1]]");
    wrong("segmentation is no list", "[[1, 2, 4.5, 2, 4.5, 6, 1, 6]]", "7");
    wrong("iscrowd is no whole number in 0..1", "\"iscrowd\": 1", "\"iscrowd\": 2");
    wrong("The picture 3 has no size", "\"width\": 5, ", "");
    wrong("A category has no id or no name", "\"name\": \"dog\",", "");
    wrong(
        "Byte 38: annotations is no list",
        "{\"info\": {\"year\": [2017, {\"deep\": null}]},",
        "{\"info\": {\"year\": 17}, \"annotations\": 7,");
    COCO.expect(Reason.BAD_ROW, "The file is no object", "[]");
    COCO.expect(Reason.BAD_ROW, "Something stands behind its object", JSON + "{}");
    COCO.expect(Reason.TRUNCATED, "Its JSON ends too early", JSON.substring(0, 700));
    COCO.expect(
        Reason.TOO_LARGE, "The picture 3 has 5 by 20000", JSON.replace("ht\": 5", "ht\": 20000"));
    COCO.expect(Reason.NOT_FINITE, "A polygon", JSON.replace("[[1, 2", "[[1e999, 2"));
    COCO.expect(Reason.TOO_LARGE, "Depth (65) exceeds", "{\"a\": " + "[".repeat(99));
  }

  private static void wrong(String message, String from, String to) {
    assertThat(JSON).contains(from);
    COCO.expect(Reason.BAD_ROW, message, JSON.replace(from, to));
  }

  @Test
  void anyDamageIsReadOrNamed() {
    COCO.ofDamage(JSON.getBytes(StandardCharsets.UTF_8));
  }
}
