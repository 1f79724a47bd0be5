package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.label.Box2d;
import org.trispike.datasets.row.Picture;
import org.trispike.datasets.row.PictureBox;
import org.trispike.datasets.row.RowKind;

/** Pictures with labels, from disk to shards. */
final class PictureShardTest {
  private static final int WIDTH = 6;
  private static final int HEIGHT = 4;

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

  private Path file(String path) throws IOException {
    Path file = run().in().resolve(path);
    Files.createDirectories(file.getParent());
    return file;
  }

  private void text(String path, String text) throws IOException {
    Files.writeString(file(path), text, StandardCharsets.UTF_8);
  }

  /** A picture with a colour of its own. */
  private void picture(String path, int colour) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, colour);
    ImageIO.write(image, path.endsWith(".png") ? "png" : "jpg", file(path).toFile());
  }

  /** A grey map with one number everywhere but for the last pixel. */
  private void map(String path, int type, int number, int last) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    WritableRaster raster = image.getRaster();
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      raster.setSample(i % WIDTH, i / WIDTH, 0, i == WIDTH * HEIGHT - 1 ? last : number);
    }
    ImageIO.write(image, "png", file(path).toFile());
  }

  private Picture only(DatasetManifest manifest, Split split) {
    List<Picture> rows =
        run().rows(manifest, RowKind.PICTURE).stream().filter(r -> r.split() == split).toList();
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }

  @Test
  void objectsOfCocoBringBoxesAndMasks() throws IOException {
    picture("train2017/a.png", 1);
    picture("val2017/b.png", 2);
    text(
        "annotations/instances_train2017.json",
        """
        {"images": [{"id": 7, "file_name": "a.png", "width": 6, "height": 4},
                    {"id": 8, "file_name": "gone.png", "width": 6, "height": 4}],
         "categories": [{"id": 3, "name": "car"}],
         "annotations": [
           {"id": 1, "image_id": 7, "category_id": 3, "bbox": [1, 1, 3, 2], "area": 6, "iscrowd": 0,
            "segmentation": [[1, 1, 4, 1, 4, 3, 1, 3]]},
           {"id": 2, "image_id": 7, "category_id": 3, "bbox": [0, 0, 2, 1], "area": 2, "iscrowd": 1,
            "segmentation": {"size": [4, 6], "counts": [0, 1, 3, 1, 19]}}]}
        """);
    text(
        "annotations/instances_val2017.json",
        """
        {"images": [{"id": 1, "file_name": "b.png", "width": 6, "height": 4}],
         "categories": [{"id": 3, "name": "car"}], "annotations": []}
        """);
    DatasetManifest manifest =
        run().shard("data { layout = coco, max-bad-ratio = 0.5, validation-fraction = 0 }");
    assertThat(manifest.quarantine()).containsEntry("MISSING", 1L);
    assertThat(manifest.classes()).containsEntry(3, "car");
    Picture row = only(manifest, Split.TRAIN);
    assertThat(row.boxes().stream().map(PictureBox::box))
        .containsExactly(new Box2d(1, 1, 3, 2, "car", false), new Box2d(0, 0, 2, 1, "car", true));
    assertThat(row.boxes().get(0).mask().orElseThrow().area()).isEqualTo(6);
    assertThat(row.boxes().get(1).mask().orElseThrow().area()).isEqualTo(2);
    assertThat(only(manifest, Split.VALIDATION).boxes()).isEmpty();
    assertThat(run().verify().findings()).isEmpty();
    assertThat(run().verify().counts()).containsEntry("boxes", 2L).containsEntry("masks", 2L);
  }

  @Test
  void annotationsThatAreNoneEndTheStageByName() throws IOException {
    picture("train2017/a.png", 1);
    text("annotations/instances_train2017.json", "{\"images\": [{\"id\": 7");
    assertThatThrownBy(() -> run().shard("data.layout = coco"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("annotations/instances_train2017.json")
        .hasMessageContaining("nothing was done");
  }

  @Test
  void pascalVocBringsBoxesAndMaps() throws IOException {
    picture("VOC2012/JPEGImages/a.jpg", 1);
    picture("VOC2012/JPEGImages/b.jpg", 0xFF);
    text("VOC2012/ImageSets/Main/train.txt", "a\n");
    text("VOC2012/ImageSets/Main/val.txt", "b\n");
    text(
        "VOC2012/Annotations/a.xml",
        """
        <annotation><filename>a.jpg</filename><size><width>6</width><height>4</height></size>
        <object><name>dog</name><difficult>1</difficult>
        <bndbox><xmin>2</xmin><ymin>1</ymin><xmax>4</xmax><ymax>3</ymax></bndbox></object>
        </annotation>
        """);
    map("VOC2012/SegmentationClass/b.png", BufferedImage.TYPE_BYTE_GRAY, 12, 255);
    map("VOC2012/SegmentationObject/b.png", BufferedImage.TYPE_BYTE_GRAY, 1, 255);
    DatasetManifest manifest = run().shard("data.layout = voc", "data.validation-fraction = 0");
    Picture boxes = only(manifest, Split.TRAIN);
    assertThat(boxes.boxes().get(0).box()).isEqualTo(new Box2d(1, 0, 3, 3, "dog"));
    assertThat(boxes.boxes().get(0).difficult()).isTrue();
    assertThat(boxes.classes()).isEmpty();
    Picture maps = only(manifest, Split.VALIDATION);
    assertThat(maps.classes().orElseThrow().at(0, 0)).isEqualTo(12);
    assertThat(maps.classes().orElseThrow().voidId()).isEqualTo(255);
    assertThat(maps.segments()[0]).isEqualTo(1);
    assertThat(maps.segments()[WIDTH * HEIGHT - 1]).isZero();
    assertThat(manifest.classes()).containsEntry(12, "dog");
  }

  @Test
  void pixelsOfAde20kAndCityscapesKeepTheirNumbers() throws IOException {
    picture("images/training/a.jpg", 1);
    map("annotations/training/a.png", BufferedImage.TYPE_BYTE_GRAY, 150, 0);
    DatasetManifest ade = run().shard("data.layout = ade20k", "data.validation-fraction = 0");
    assertThat(only(ade, Split.TRAIN).classes().orElseThrow().at(0, 0)).isEqualTo(150);

    Path other = folder.resolve("cityscapes");
    picture("../cityscapes/leftImg8bit/val/bonn/x_leftImg8bit.png", 2);
    map(
        "../cityscapes/gtFine/val/bonn/x_gtFine_instanceIds.png",
        BufferedImage.TYPE_USHORT_GRAY,
        7,
        26_003);
    ShardRun second = new ShardRun(spark, folder.resolve("second"));
    DatasetManifest cities = second.shard(other, "data.layout = cityscapes");
    Picture row = second.rows(cities, RowKind.PICTURE).get(0);
    assertThat(row.split()).isEqualTo(Split.VALIDATION);
    assertThat(row.classes().orElseThrow().at(0, 0)).isEqualTo(7);
    assertThat(row.classes().orElseThrow().at(WIDTH - 1, HEIGHT - 1)).isEqualTo(26);
    assertThat(row.segments()[WIDTH * HEIGHT - 1]).isEqualTo(26_003);
    assertThat(cities.classes()).containsEntry(26, "car");
  }

  @Test
  void mapOfAnotherSizeIsQuarantined() throws IOException {
    picture("images/training/a.jpg", 1);
    picture("images/training/b.jpg", 2);
    map("annotations/training/a.png", BufferedImage.TYPE_BYTE_GRAY, 1, 1);
    BufferedImage small = new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(small, "png", file("annotations/training/b.png").toFile());
    DatasetManifest manifest = run().shard("data.layout = ade20k", "data.max-bad-ratio = 0.5");
    assertThat(manifest.quarantine()).containsEntry("BAD_ROW", 1L);
  }

  @Test
  void yoloTextFilesBringBoxes() throws IOException {
    picture("images/train2017/a.png", 1);
    picture("images/val2017/b.png", 2);
    text("labels/train2017/a.txt", "1 0.5 0.5 0.5 0.5\n");
    text("data.yaml", "names:\n  0: person\n  1: car\n");
    DatasetManifest manifest = run().shard("data.layout = yolo", "data.validation-fraction = 0");
    assertThat(only(manifest, Split.TRAIN).boxes().get(0).box())
        .isEqualTo(new Box2d(1.5, 1, 3, 2, "car"));
    assertThat(only(manifest, Split.VALIDATION).boxes()).isEmpty();
  }

  @Test
  void realPanopticMapsLabelEveryPicture() {
    DatasetManifest manifest =
        run().shard(SharedData.folder("det2d/coco128_yolo"), "data.layout = coco-panoptic");
    assertThat(manifest.rows()).isEqualTo(100);
    assertThat(manifest.quarantine()).isEmpty();
    assertThat(run().verify().counts()).containsEntry("class maps", 100L);
  }

  @Test
  void realScenesOfAde20kNameTheirClasses() {
    DatasetManifest manifest =
        run().shard(SharedData.folder("det2d/ade20k"), "data.layout = ade20k");
    assertThat(manifest.rows()).isEqualTo(2);
    assertThat(manifest.classes()).hasSize(150).containsEntry(1, "wall");
  }
}
