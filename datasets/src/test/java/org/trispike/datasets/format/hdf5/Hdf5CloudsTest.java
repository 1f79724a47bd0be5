package org.trispike.datasets.format.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.trispike.datasets.format.hdf5.Hdf5Files.fixture;
import static org.trispike.datasets.format.hdf5.Hdf5Files.open;

import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.GivenLimits;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.geometry.PointCloud;

final class Hdf5CloudsTest {
  private static final float[][][] TWO = {
    {{1, 2, 3}, {4, 5, 6}}, {{-1, -2, -3}, {0.5f, 0.25f, 0}},
  };

  @TempDir Path folder;

  private byte[] written(Consumer<WritableHdfFile> content) {
    return Hdf5Files.written(folder, content);
  }

  private static void refused(byte[] bytes, Reason reason, String message) {
    refused(bytes, Limits.defaults(), reason, message);
  }

  private static void refused(byte[] bytes, Limits limits, Reason reason, String message) {
    CorruptInputException fault =
        catchThrowableOfType(
            () -> {
              Hdf5Clouds clouds = open(bytes, limits);
              for (int i = 0; i < clouds.size(); i++) {
                clouds.cloud(i);
              }
            },
            CorruptInputException.class);
    assertThat(fault).as("no fault: %s", message).isNotNull();
    assertThat(fault.toString()).contains(message);
    assertThat(fault.reason()).as(fault.toString()).isEqualTo(reason);
  }

  /** The formula of the files that h5py wrote. */
  private static void assertFormula(Hdf5Clouds clouds) throws CorruptInputException {
    assertThat(clouds.size()).isEqualTo(5);
    for (int i = 0; i < 5; i++) {
      PointCloud cloud = clouds.cloud(i);
      assertThat(cloud.points()).isEqualTo(32);
      for (int v = 0; v < 96; v++) {
        assertThat(cloud.xyz()[v]).isEqualTo(i + v / 3 / 64f + v % 3 / 1024f);
      }
      assertThat(cloud.rgb()).containsOnly(0.8f);
    }
  }

  @Test
  void readsGzippedChunksThatH5pyWrote() throws IOException, CorruptInputException {
    Hdf5Clouds clouds = open(fixture("modelnet.h5"));
    assertFormula(clouds);
    assertThat(clouds.label(4)).isEqualTo(36);
    assertThat(clouds.foreground(0)).hasSize(32).containsOnly(true);
  }

  @Test
  void readsBigEndianDoublesAndMasksThatH5pyWrote() throws IOException, CorruptInputException {
    Hdf5Clouds clouds = open(fixture("scanobjectnn.h5"));
    assertFormula(clouds);
    assertThat(clouds.label(3)).isEqualTo(3);
    assertThat(Arrays.copyOf(clouds.foreground(2), 6))
        .containsExactly(false, true, true, true, false, true);
  }

  @Test
  void readsColorsOfBothKinds() throws CorruptInputException {
    int[][][] bytes = {{{0, 51, 255}, {1, 0, 1}}, {{0, 0, 0}, {255, 255, 255}}};
    Hdf5Clouds whole =
        open(
            written(
                file -> {
                  file.putDataset("data", TWO);
                  file.putDataset("label", new int[] {7, 0});
                  file.putDataset("rgb", bytes);
                }));
    assertThat(whole.cloud(0).rgb()).containsExactly(0, 0.2f, 1, 1 / 255f, 0, 1 / 255f);
    assertThat(whole.cloud(0).xyz()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(whole.label(0)).isEqualTo(7);
    Hdf5Clouds parts =
        open(
            written(
                file -> {
                  file.putDataset("data", TWO);
                  file.putDataset("label", new long[][] {{7}, {0}});
                  file.putDataset("color", new double[2][2][3]);
                }));
    assertThat(parts.cloud(1).rgb()).containsOnly(0);
    assertThat(parts.cloud(1).xyz()).containsExactly(-1, -2, -3, 0.5f, 0.25f, 0);
  }

  @Test
  void readsWhatTheLaterFormatPacks() throws CorruptInputException {
    float[][][] data = new float[7][9][3];
    for (int i = 0; i < 7; i++) {
      for (int v = 0; v < 27; v++) {
        data[i][v / 3][v % 3] = i * 100 + v;
      }
    }
    DatasetCreationOptions options =
        DatasetCreationOptions.builder().chunkDimensions(3, 4, 3).shuffle().deflate(4).build();
    Hdf5Clouds clouds =
        open(
            written(
                file -> {
                  file.putDataset("data", data, options);
                  file.putDataset("label", new byte[7]);
                }));
    for (int i = 0; i < 7; i++) {
      for (int v = 0; v < 27; v++) {
        assertThat(clouds.cloud(i).xyz()[v]).isEqualTo(i * 100 + v);
      }
    }
  }

  private byte[] pair(Object data, Object label) {
    return written(
        file -> {
          file.putDataset("data", data);
          file.putDataset("label", label);
        });
  }

  @Test
  void namesWrongShapesAndTypes() {
    byte[] labels = new byte[2];
    refused(new byte[3], Reason.BAD_MAGIC, "no HDF5 file");
    refused(new byte[] {(byte) 0x89, 'H'}, Reason.TRUNCATED, "first 3 bytes");
    refused(pair(new float[2][6], labels), Reason.UNSUPPORTED, "floating point [2, 6]");
    refused(pair(new float[2][3][2], labels), Reason.UNSUPPORTED, "[2, 3, 2]");
    refused(pair(new int[2][3][3], labels), Reason.UNSUPPORTED, "integers [2, 3, 3]");
    refused(pair(new String[] {"a", "b"}, labels), Reason.UNSUPPORTED, "no plain numbers");
    refused(pair(TWO, new float[2]), Reason.UNSUPPORTED, "'label' is no integer [n]");
    refused(pair(TWO, new byte[2][2]), Reason.UNSUPPORTED, "integers [2, 2]");
    refused(pair(TWO, new byte[3]), Reason.BAD_HEADER, "It has 2 clouds but 3 rows");
    refused(pair(TWO, new int[] {1, -4}), Reason.INDEX_OUT_OF_RANGE, "Label -4 of cloud 1");
    refused(pair(new float[][][] {{{1, 2, Float.NaN}}}, new int[1]), Reason.NOT_FINITE, "a.h5/0");
    refused(written(file -> file.putDataset("data", TWO)), Reason.BAD_HEADER, "no dataset 'label'");
    refused(written(file -> file.putGroup("data")), Reason.UNSUPPORTED, "'data' is no dataset");
    refused(
        written(
            file -> {
              file.putDataset("data", TWO);
              file.putDataset("label", labels);
              file.putDataset("mask", new int[2][1]);
            }),
        Reason.UNSUPPORTED,
        "'mask' is no integer [n, p] but integers [2, 1]");
    refused(
        written(
            file -> {
              file.putDataset("data", TWO);
              file.putDataset("label", labels);
              file.putDataset("color", new float[2][2]);
            }),
        Reason.UNSUPPORTED,
        "colours are no [n, p, 3]");
  }

  @Test
  void namesLinksIndicesAndFiltersThatItDoesNotFollow() throws IOException {
    refused(fixture("external.h5"), Reason.UNSUPPORTED, "Its 'data' is a link");
    refused(fixture("growing.h5"), Reason.UNSUPPORTED, "index type 4");
    DatasetCreationOptions twice =
        DatasetCreationOptions.builder().chunkDimensions(1, 2, 3).deflate().deflate().build();
    refused(
        written(
            file -> {
              file.putDataset("data", TWO, twice);
              file.putDataset("label", new byte[2]);
            }),
        Reason.UNSUPPORTED,
        "packed by filter 1");
  }

  @Test
  void boundsWhatAFileMayTake() throws IOException, CorruptInputException {
    refused(
        pair(TWO, new byte[2]),
        GivenLimits.of("vertices = 1"),
        Reason.COUNT_OVERFLOW,
        "Vertex count 2");
    byte[] bomb = fixture("bomb.h5");
    assertThat(open(bomb).cloud(4).points()).isEqualTo(4096);
    Limits ratio = GivenLimits.of("zip-ratio = 20");
    refused(bomb, ratio, Reason.COUNT_OVERFLOW, "'data' claims more than the");
    Limits total = GivenLimits.of("zip-bytes = 245759");
    refused(bomb, total, Reason.COUNT_OVERFLOW, "245759 bytes");
  }
}
