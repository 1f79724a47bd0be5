package org.trispike.datasets.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.trispike.datasets.geometry.PointCloud;

final class PlyWriterTest {

  @Test
  void whatIsWrittenIsReadByTheReader() throws CorruptInputException {
    PointCloud cloud =
        new PointCloud(
            new float[] {0.5f, -1, 2, 1e-3f, 7, -8}, new float[] {0, 1, 0.5f, 0.2f, 0.4f, 0.6f});
    MemoryFiles files = MemoryFiles.of("a.ply", PlyWriter.write(cloud));
    PointCloud read = (PointCloud) ShapeReader.read(files, "a.ply", Limits.defaults());
    assertThat(read.xyz()).isEqualTo(cloud.xyz());
    assertThat(read.rgb()).containsExactly(cloud.rgb(), within(0.6f / 255));
  }
}
