package org.trispike.datasets.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.LocalFiles;
import org.trispike.datasets.format.SharedData;
import org.trispike.datasets.format.Source;

/** Files in ModelNet's layout that others published. */
final class RealHdf5Test {
  private static Path shapes;

  @BeforeAll
  static void findShapes() {
    shapes = SharedData.folder("shapes");
  }

  private static Hdf5Clouds open(String path) throws CorruptInputException {
    Hdf5Clouds clouds = Hdf5Clouds.open(Source.of(new LocalFiles(shapes), path, Limits.defaults()));
    for (int i = 0; i < clouds.size(); i++) {
      assertThat(clouds.cloud(i).points()).isEqualTo(2048);
    }
    return clouds;
  }

  @Test
  void realCloudsAreRead() throws CorruptInputException {
    Hdf5Clouds objects = open("modelnet_h5_ycb/ycb_objects_train.h5");
    assertThat(objects.size()).isEqualTo(60);
    assertThat(objects.label(0)).isEqualTo(4);
    assertThat(objects.cloud(59).xyz()).endsWith(0.013528847f, 0.027077794f, 0.07726145f);
    assertThat(objects.cloud(0).xyz()).startsWith(0.030243963f, 0.006643915f, 0.07120179f);
    Hdf5Clouds box = open("modelnet_h5_ycb/box.h5");
    assertThat(box.size()).isEqualTo(1);
    assertThat(box.cloud(0).xyz()[1]).isEqualTo(-10.13893543f);
  }

  @Test
  void columnsOfLabelsAreRead() throws CorruptInputException {
    Hdf5Clouds clouds = open("modelnet_h5_layout_fake/ply_data_test0.h5");
    assertThat(clouds.size()).isEqualTo(8);
    assertThat(clouds.label(0)).isEqualTo(14);
    assertThat(clouds.label(2)).isEqualTo(25);
  }
}
