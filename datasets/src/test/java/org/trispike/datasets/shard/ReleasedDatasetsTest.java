package org.trispike.datasets.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.label.Box2d;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Picture;
import org.trispike.datasets.row.PictureBox;
import org.trispike.datasets.row.Recording;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.Scene;
import org.trispike.datasets.row.Triplet;

/**
 * Datasets of version 1, as they were written when it was new, are read forever. Each was made of a
 * few files by a formula, which stands beside what is expected.
 */
final class ReleasedDatasetsTest {
  private static final Configuration CONF = new Configuration();

  private static <R extends Row> List<R> rows(String name, RowKind<R> kind)
      throws URISyntaxException {
    String root =
        Path.of(ReleasedDatasetsTest.class.getResource("/released/1/" + name).toURI()).toString();
    DatasetManifest manifest = DatasetManifest.read(CONF, root);
    manifest.verify(CONF, root);
    assertThat(manifest.kind()).isEqualTo(kind);
    List<R> rows = new ArrayList<>();
    for (ShardInfo shard : manifest.shards()) {
      try (ShardReader<R> reader =
          ShardReader.open(CONF, DatasetManifest.path(root, shard), kind, Column.all())) {
        reader.forEach(rows::add);
      }
    }
    return rows;
  }

  /** Tetrahedra of height 1, 2 and 3, the last of which is for testing; pictures of 8 x 8. */
  @Test
  void shapesKeepPointsPicturesTextsAndVectors() throws URISyntaxException {
    List<Triplet> rows = rows("shapes", RowKind.TRIPLET);
    assertThat(rows.stream().map(Triplet::split))
        .containsExactly(Split.TEST, Split.TRAIN, Split.TRAIN);
    assertThat(rows.stream().map(Triplet::category))
        .containsExactlyInAnyOrder("kind_0", "kind_0", "kind_1");
    Triplet row = rows.get(0);
    assertThat(row.texts().stream().map(Caption::text)).startsWith("solid 2", "a tetrahedron");
    assertThat(row.points().points()).isEqualTo(16);
    assertThat(row.images()).hasSize(1);
    assertThat(row.imageEmbeddings()).hasSize(1);
    for (float[] vector : row.textEmbeddings()) {
      double square = 0;
      for (float value : vector) {
        square += value * value;
      }
      assertThat(vector).hasSize(384);
      assertThat(square).isCloseTo(1, within(1e-3));
    }
  }

  /** Of digit d, event k at ((3 k) mod 34, (5 k + d) mod 34), k even dark, after 1000 k + d µs. */
  @Test
  void recordingsKeepTheirEvents() throws URISyntaxException {
    List<Recording> rows = rows("recordings", RowKind.RECORDING);
    assertThat(rows.stream().map(Recording::category)).containsExactly("5", "3");
    for (Recording row : rows) {
      int digit = Integer.parseInt(row.category());
      assertThat(row.events().size()).isEqualTo(12);
      for (int k = 0; k < 12; k++) {
        assertThat(row.events().micros()[k]).isEqualTo(1000 * k + digit);
        assertThat(row.events().x()[k]).isEqualTo((short) (3 * k % 34));
        assertThat(row.events().y()[k]).isEqualTo((short) ((5 * k + digit) % 34));
        assertThat(row.events().polarity()[k]).isEqualTo((byte) (k % 2));
      }
    }
  }

  /** Point i is (i, −i, i / 2) with the intensity i / 10, of class 1 + i mod 3, of object i. */
  @Test
  void scenesKeepPointsAndTheirClasses() throws URISyntaxException {
    List<Scene> rows = rows("scenes", RowKind.SCENE);
    assertThat(rows).hasSize(1);
    float[] xyzi = rows.get(0).points().xyzi();
    for (int i = 0; i < 10; i++) {
      assertThat(xyzi[4 * i]).isEqualTo(i);
      assertThat(xyzi[4 * i + 1]).isEqualTo(-i);
      assertThat(xyzi[4 * i + 2]).isEqualTo(i / 2f);
      assertThat(xyzi[4 * i + 3]).isCloseTo(i / 10f, within(0.01f));
      assertThat(rows.get(0).labels().orElseThrow().semantic()[i]).isEqualTo(1 + i % 3);
      assertThat(rows.get(0).labels().orElseThrow().instance()[i]).isEqualTo(i);
    }
  }

  /** A car with a polygon of 3 x 2 pixels, and a crowd as runs: a pixel, seven not, a pixel. */
  @Test
  void picturesKeepBoxesAndMasks() throws URISyntaxException {
    List<Picture> rows = rows("pictures", RowKind.PICTURE);
    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).width()).isEqualTo(8);
    List<PictureBox> boxes = rows.get(0).boxes();
    assertThat(boxes.stream().map(PictureBox::box))
        .containsExactly(new Box2d(1, 1, 3, 2, "car", false), new Box2d(0, 0, 2, 1, "car", true));
    assertThat(boxes.stream().map(box -> box.mask().orElseThrow().area())).containsExactly(6, 2);
  }
}
