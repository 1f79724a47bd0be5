package org.trispike.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Limits;

final class CollectionTest {
  @TempDir private Path folder;

  private void touch(String... paths) throws IOException {
    for (String path : paths) {
      write(path, "");
    }
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void copy(String resource, String path) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    try (InputStream in = getClass().getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in, resource), folder.resolve(path));
    }
  }

  private InputTable read(Layout layout, String list) {
    String file = list.isEmpty() ? "" : folder.resolve(list).toString();
    return new Collection(layout, file, folder.toString(), new SplitRule(0.5, 1), Limits.defaults())
        .read(new Configuration());
  }

  private static List<String> ids(InputTable table) {
    return table.rows().stream().map(InputRow::id).toList();
  }

  @Test
  void aFolderIsACategory() throws IOException {
    touch("chair/a.glb", "chair/deep/b.obj", "chair/a.png", "table/c d.ply", "x.off", "cup/.h.stl");
    InputTable table = read(Layout.FOLDERS, "");
    assertThat(ids(table)).containsExactly("chair/a.glb", "chair/deep/b.obj", "table/c d.ply");
    assertThat(table.rows().get(2).category()).isEqualTo("table");
    assertThat(table.bad()).isEmpty();
    String before = table.sha256();
    assertThat(read(Layout.FOLDERS, "").sha256()).isEqualTo(before);
    write("chair/a.png", "longer");
    assertThat(read(Layout.FOLDERS, "").sha256()).isNotEqualTo(before);
  }

  @Test
  void modelNetHasItsSplitsInItsPaths() throws IOException {
    Set<Split> splits = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      touch("bathtub/train/bathtub_%04d.off".formatted(i));
    }
    touch("bathtub/test/bathtub_0107.off", "bathtub/stray.off", "README.txt");
    InputTable table = read(Layout.MODELNET, "");
    assertThat(table.rows()).hasSize(41);
    for (InputRow row : table.rows()) {
      assertThat(row.category()).isEqualTo("bathtub");
      boolean test = row.split() == Split.TEST;
      assertThat(test).isEqualTo(row.path().contains("/test/"));
      splits.add(row.split());
    }
    // Of the training shapes some validate.
    assertThat(splits).containsExactlyInAnyOrder(Split.values());
    assertThat(table.bad()).hasSize(1);
    assertThat(table.bad().get(0).file()).isEqualTo("bathtub/stray.off");
  }

  @Test
  void eachCloudOfAnHdf5FileIsARow() throws IOException {
    copy("/hdf5/modelnet.h5", "ply_data_train0.h5");
    copy("/hdf5/modelnet.h5", "ply_data_test0.h5");
    write("shape_names.txt", "airplane\nbathtub\n");
    write("ply_data_train1.h5", "no HDF5");
    InputTable table = read(Layout.HDF5, "");
    // The fixture's labels are 0, 9, 18, 27 and 36.
    assertThat(ids(table)).startsWith("ply_data_test0.h5#0", "ply_data_test0.h5#1").hasSize(10);
    assertThat(table.rows().get(0).category()).isEqualTo("airplane");
    assertThat(table.rows().get(1).category()).isEqualTo("class_09");
    assertThat(table.rows().get(0).split()).isEqualTo(Split.TEST);
    assertThat(table.rows().get(5).split()).isNotEqualTo(Split.TEST);
    assertThat(table.rows().get(5).container()).isEqualTo("ply_data_train0.h5");
    assertThat(table.bad()).hasSize(1);
    assertThat(table.bad().get(0).reason()).isEqualTo("BAD_MAGIC");
  }

  @Test
  void scanObjectNnIsKnownByItsFiles() throws IOException {
    copy("/hdf5/scanobjectnn.h5", "main_split/test_objectdataset.h5");
    InputTable table = read(Layout.HDF5, "");
    assertThat(table.rows().stream().map(InputRow::category))
        .startsWith("bag", "bin", "box", "cabinet");
    assertThat(table.rows()).allMatch(row -> row.split() == Split.TEST);
  }

  @Test
  void openShapesListNamesItsRecords() throws IOException {
    write(
        "train_all.json",
        """
        [{"id": "u1", "dataset": "Objaverse", "group": "000-1", "data_path": "/Objaverse/u1.npy"},
         {"uid": "u2", "dataset": "ABO", "data_path": "ABO/u2.npy", "category": "chair"},
         {"uid": "u2", "dataset": "ABO", "data_path": "ABO/u2.npy"},
         {"uid": "u3", "dataset": "ABO"}, {"dataset": "ABO", "data_path": "x"}]
        """);
    InputTable table = read(Layout.OPENSHAPE, "train_all.json");
    assertThat(ids(table)).containsExactly("Objaverse/u1", "ABO/u2");
    assertThat(table.rows().get(0).path()).isEqualTo("Objaverse/u1.npy");
    assertThat(table.rows().get(1).category()).isEqualTo("chair");
    assertThat(table.bad().stream().map(BadRow::message))
        .containsExactly(
            "The id stands in the list before",
            "The entry has no data_path",
            "The entry has no id and no uid");
    write("broken.json", "[{");
    assertThatThrownBy(() -> read(Layout.OPENSHAPE, "broken.json"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("broken.json is no JSON");
    assertThatThrownBy(() -> read(Layout.OPENSHAPE, ""))
        .hasMessageContaining("names the list of a split");
  }

  @Test
  void ulipHasViewsNamesAndSplits() throws IOException {
    touch(
        "shapenet_pc/02691156-1a.npy",
        "shapenet_pc/02691156-2b.npy",
        "shapenet_pc/09999999-3c.npy",
        "views/02691156-1a/02691156-1a_r_000.png",
        "views/02691156-1a/02691156-1a_r_000_depth0001.png",
        "views/02691156-1a/02691156-1a_r_012.png");
    write(
        "taxonomy.json",
        "[{\"synsetId\": \"02691156\", \"name\": \"airplane,aeroplane,plane\", \"numInstances\": 4}]");
    write("train.txt", "02691156-1a.npy\n");
    write("test.txt", "02691156-2b.npy\n");
    InputTable table = read(Layout.ULIP, "");
    assertThat(ids(table)).containsExactly("02691156-1a", "02691156-2b");
    InputRow first = table.rows().get(0);
    assertThat(first.texts()).containsExactly("airplane", "aeroplane", "plane");
    assertThat(first.category()).isEqualTo("airplane");
    assertThat(first.images())
        .containsExactly(
            "views/02691156-1a/02691156-1a_r_000.png", "views/02691156-1a/02691156-1a_r_012.png");
    assertThat(first.split()).isNotEqualTo(Split.TEST);
    assertThat(table.rows().get(1).split()).isEqualTo(Split.TEST);
    assertThat(table.bad().get(0).message()).contains("does not name its synset 09999999");
  }

  @Test
  void objaverseIsATreeOfUidsAndACsvOfCaptions() throws IOException {
    touch("glbs/000-001/aa.glb", "glbs/000-002/bb.glb", "glbs/000-003/aa.glb", "glbs/x.json");
    write("captions.csv", "aa,\"a red chair, worn\"\nzz,unused\n");
    InputTable table = read(Layout.OBJAVERSE, "captions.csv");
    assertThat(ids(table)).containsExactly("aa", "bb");
    assertThat(table.rows().get(0).texts()).containsExactly("a red chair, worn");
    assertThat(table.rows().get(1).texts()).isEmpty();
    assertThat(table.bad().get(0).message())
        .isEqualTo("The same uid is the name of glbs/000-001/aa.glb");
  }

  @Test
  void whatIsNotOfTheLayoutSaysSo() throws IOException {
    touch("some.txt");
    for (Layout layout : List.of(Layout.FOLDERS, Layout.HDF5, Layout.ULIP, Layout.OBJAVERSE)) {
      assertThatThrownBy(() -> read(layout, ""))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(folder + " holds no ")
          .hasMessageContaining("nothing was done");
    }
    Collection none =
        new Collection(
            Layout.FOLDERS, "", folder + "/none", new SplitRule(0.5, 1), Limits.defaults());
    assertThatThrownBy(() -> none.read(new Configuration()))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no folder");
  }
}
