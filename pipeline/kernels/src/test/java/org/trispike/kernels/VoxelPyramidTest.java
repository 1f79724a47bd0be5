package org.trispike.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trispike.kernels.VoxelSpec.Duplicates;
import org.trispike.kernels.VoxelSpec.Origin;

final class VoxelPyramidTest {
  private record Cell(int sample, int x, int y, int z) {
    Cell half() {
      return new Cell(sample, x >> 1, y >> 1, z >> 1);
    }
  }

  private record Pair(int offset, Cell in, Cell out) {}

  @Test
  void rulebooksHoldExactlyTheNeighboursOfABruteForceSearch() {
    for (int points : new int[] {0, 1, 30, 400}) {
      bruteForce(Clouds.surface(3, points, 0.2f, 7));
      if (points > 0) {
        // One far point makes a grid too large for bits, whose coarser levels are not.
        PointBatch wide = Clouds.surface(3, points, 0.2f, 7);
        java.util.Arrays.fill(wide.xyz(), 0, 3, 20f);
        bruteForce(wide);
      }
    }
  }

  private static void bruteForce(PointBatch batch) {
    VoxelSpec spec = new VoxelSpec(0.03f, Origin.PER_SAMPLE, Duplicates.MEAN);
    VoxelPyramid pyramid = VoxelPyramid.build(batch, spec, 4);
    List<Cell> cells = sortedCells(batch, spec);
    for (int level = 0; level < 4; level++) {
      assertThat(pyramid.level(level).sites()).isEqualTo(cells.size());
      assertThat(pairs(pyramid.level(level).submanifold(), cells, cells))
          .containsExactlyInAnyOrderElementsOf(neighbours(cells));
      List<Cell> parents = sorted(cells.stream().map(Cell::half).distinct().toList());
      if (level < 3) {
        assertThat(pairs(pyramid.level(level + 1).down(), cells, parents))
            .containsExactlyInAnyOrderElementsOf(children(cells));
      }
      cells = parents;
    }
  }

  /** A grid is held as bits or sorted by what the whole batch needs; a sample must not tell. */
  @Test
  void gridsOfBothKindsGiveTheSameFeatures() {
    PointBatch near = Clouds.surface(1, 500, 0.3f, 9);
    float[] xyz = java.util.Arrays.copyOf(near.xyz(), near.xyz().length + 6);
    java.util.Arrays.fill(xyz, near.xyz().length, xyz.length - 3, 20f);
    float[] rgb = java.util.Arrays.copyOf(near.rgb(), xyz.length);
    int points = near.points();
    PointBatch both = new PointBatch(new int[] {0, points, points + 2}, xyz, rgb);
    float[] held = VoxelPyramid.voxelize(near, VoxelSpec.standard());
    float[] sorted = VoxelPyramid.voxelize(both, VoxelSpec.standard());
    assertThat(sorted).hasSize(held.length + 12).startsWith(held);
  }

  @Test
  void pairsOfAnOffsetRiseOnBothSides() {
    VoxelPyramid pyramid =
        VoxelPyramid.build(Clouds.surface(4, 500, 0.3f, 8), VoxelSpec.standard(), 3);
    for (int level = 0; level < 3; level++) {
      rises(pyramid.level(level).submanifold());
      if (level > 0) {
        rises(pyramid.level(level).down());
      }
    }
  }

  private static void rises(Rulebook book) {
    for (int k = 0; k < book.offsets(); k++) {
      for (int p = book.start()[k] + 1; p < book.start()[k + 1]; p++) {
        assertThat(book.in()[p]).isGreaterThan(book.in()[p - 1]);
        assertThat(book.out()[p]).isGreaterThan(book.out()[p - 1]);
      }
    }
  }

  @Test
  void featuresOfAVoxelAreTheMeansOfItsPoints() {
    float[] xyz = {0, 0, 0, 0.01f, 0.01f, 0.01f, 0.05f, 0, 0};
    float[] rgb = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    PointBatch batch = new PointBatch(new int[] {0, 3}, xyz, rgb);
    VoxelPyramid pyramid = VoxelPyramid.build(batch, VoxelSpec.standard(), 1);
    assertThat(pyramid.features())
        .containsExactly(0.005f, 0.005f, 0.005f, 0.5f, 0.5f, 0, 0.05f, 0, 0, 0, 0, 1);
  }

  @Test
  void pointsThatAreKeptEachHaveASiteAndSeeTheFirstOfAVoxel() {
    float[] xyz = {0, 0, 0, 0.001f, 0, 0, 0.02f, 0, 0};
    PointBatch batch = new PointBatch(new int[] {0, 3}, xyz, new float[9]);
    VoxelSpec spec = new VoxelSpec(0.02f, Origin.PER_SAMPLE, Duplicates.KEEP);
    Rulebook book = VoxelPyramid.build(batch, spec, 1).level(0).submanifold();
    assertThat(book.outRows()).isEqualTo(3);
    // Each point meets itself; the third meets the first of two at −x, and both of those meet it.
    assertThat(book.pairs()).isEqualTo(6);
    assertThat(book.in()[book.start()[4]]).isEqualTo(0);
    assertThat(book.out()[book.start()[4]]).isEqualTo(2);
    assertThat(book.start()[23] - book.start()[22]).isEqualTo(2);
  }

  @Test
  void aSamplesVoxelsDependOnItsBatchOnlyIfTheOriginIsShared() {
    PointBatch two = Clouds.surface(2, 200, 0.3f, 4);
    int n = two.offsets()[1];
    PointBatch alone =
        new PointBatch(
            new int[] {0, n},
            java.util.Arrays.copyOf(two.xyz(), 3 * n),
            java.util.Arrays.copyOf(two.rgb(), 3 * n));
    VoxelSpec own = VoxelSpec.standard();
    VoxelPyramid together = VoxelPyramid.build(two, own, 1);
    VoxelPyramid single = VoxelPyramid.build(alone, own, 1);
    assertThat(together.level(0).sampleOffsets()[1]).isEqualTo(single.level(0).sites());
    assertThat(java.util.Arrays.copyOf(together.features(), single.features().length))
        .containsExactly(single.features());
  }

  @Test
  void pointsThatAreNotFiniteOrTooFarAreRefusedByNumber() {
    assertThatThrownBy(() -> build(0.5f, Float.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Point 1 of sample 0 lies at NaN on axis x, which is not finite");
    assertThatThrownBy(() -> build(0, Float.NEGATIVE_INFINITY))
        .hasMessageContaining("Point 1 of sample 0 lies at -Infinity on axis x");
    assertThatThrownBy(() -> build(0, 30_000))
        .hasMessageContaining("Point 1 of sample 0 lies at 30000.0 on axis x, more than 2^20");
    assertThat(build(0, 20_000).level(0).sites()).isEqualTo(2);
  }

  private static VoxelPyramid build(float first, float second) {
    float[] xyz = {first, 0, 0, second, 0, 0};
    PointBatch batch = new PointBatch(new int[] {0, 2}, xyz, new float[6]);
    return VoxelPyramid.build(batch, VoxelSpec.standard(), 5);
  }

  private static List<Cell> sortedCells(PointBatch batch, VoxelSpec spec) {
    List<Cell> cells = new ArrayList<>();
    for (int s = 0; s < batch.samples(); s++) {
      float[] min = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
      for (int p = batch.offsets()[s]; p < batch.offsets()[s + 1]; p++) {
        for (int d = 0; d < 3; d++) {
          min[d] = Math.min(min[d], batch.xyz()[3 * p + d]);
        }
      }
      for (int p = batch.offsets()[s]; p < batch.offsets()[s + 1]; p++) {
        int[] c = new int[3];
        for (int d = 0; d < 3; d++) {
          c[d] = (int) ((batch.xyz()[3 * p + d] - min[d]) / spec.voxelSize());
        }
        cells.add(new Cell(s, c[0], c[1], c[2]));
      }
    }
    return sorted(cells.stream().distinct().toList());
  }

  private static List<Cell> sorted(List<Cell> cells) {
    return cells.stream()
        .sorted(
            java.util.Comparator.comparingInt(Cell::sample)
                .thenComparingInt(Cell::x)
                .thenComparingInt(Cell::y)
                .thenComparingInt(Cell::z))
        .toList();
  }

  private static List<Pair> pairs(Rulebook book, List<Cell> in, List<Cell> out) {
    List<Pair> pairs = new ArrayList<>();
    for (int k = 0; k < book.offsets(); k++) {
      for (int p = book.start()[k]; p < book.start()[k + 1]; p++) {
        pairs.add(new Pair(k, in.get(book.in()[p]), out.get(book.out()[p])));
      }
    }
    return pairs;
  }

  private static List<Pair> neighbours(List<Cell> cells) {
    Set<Cell> all = new HashSet<>(cells);
    List<Pair> pairs = new ArrayList<>();
    for (Cell c : cells) {
      for (int k = 0; k < 27; k++) {
        Cell n = new Cell(c.sample(), c.x() + k / 9 - 1, c.y() + k / 3 % 3 - 1, c.z() + k % 3 - 1);
        if (all.contains(n)) {
          pairs.add(new Pair(k, n, c));
        }
      }
    }
    return pairs;
  }

  private static List<Pair> children(List<Cell> cells) {
    Map<Cell, Pair> pairs = new HashMap<>();
    for (Cell c : cells) {
      pairs.put(c, new Pair((c.x() & 1) * 4 + (c.y() & 1) * 2 + (c.z() & 1), c, c.half()));
    }
    return new ArrayList<>(pairs.values());
  }
}
