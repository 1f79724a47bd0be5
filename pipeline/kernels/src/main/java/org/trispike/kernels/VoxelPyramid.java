package org.trispike.kernels;

/**
 * The voxels of a batch at all levels of an encoder, and the rulebooks between them.
 *
 * <p>Level 0 holds the occupied voxels of the points; level i those at half the resolution of level
 * i−1. Sites are sorted by (sample, x, y, z). Offset (dx, dy, dz) of a submanifold kernel has index
 * (dx+1)·9 + (dy+1)·3 + (dz+1); child (x, y, z) of a halving has offset (x&amp;1)·4 + (y&amp;1)·2 +
 * (z&amp;1). Time O(points) by radix sorting and merging; memory O(pairs).
 */
public final class VoxelPyramid {
  /** Site features: x, y, z, r, g, b. */
  public static final int FEATURES = 6;

  /** A batch takes some megabytes of cells, sums and pairs: memory that the next one finds. */
  private static final ThreadLocal<Workspace> WORKSPACE = ThreadLocal.withInitial(Workspace::make);

  private final float[] features;
  private final Level[] levels;

  private VoxelPyramid(float[] features, Level[] levels) {
    this.features = features;
    this.levels = levels;
  }

  private record Workspace(Voxelizer voxelizer, Rulebooks rulebooks) {
    static Workspace make() {
      DistinctKeys distinct = new DistinctKeys();
      return new Workspace(new Voxelizer(distinct), new Rulebooks(distinct));
    }
  }

  /**
   * One resolution.
   *
   * @param sampleOffsets [samples + 1] where each sample's sites begin
   * @param submanifold neighbours within the level, 27 offsets
   * @param down from the level above to this one, 8 offsets; null at level 0
   */
  public record Level(int[] sampleOffsets, Rulebook submanifold, Rulebook down) {
    public int sites() {
      return sampleOffsets[sampleOffsets.length - 1];
    }
  }

  /** Voxels and rulebooks of {@code batch} at {@code levels} resolutions. */
  public static VoxelPyramid build(PointBatch batch, VoxelSpec spec, int levels) {
    Workspace workspace = WORKSPACE.get();
    Sites sites = workspace.voxelizer().voxelize(batch, spec);
    Rulebooks rulebooks = workspace.rulebooks();
    float[] features = sites.features();
    Level[] all = new Level[levels];
    all[0] = new Level(sites.sampleOffsets(), rulebooks.submanifold(sites), null);
    for (int i = 1; i < levels; i++) {
      Rulebooks.Halving halving = rulebooks.halve(sites);
      sites = halving.parents();
      all[i] = new Level(sites.sampleOffsets(), rulebooks.submanifold(sites), halving.rulebook());
    }
    return new VoxelPyramid(features, all);
  }

  /** [slabs · sites · 6] features of the occupied voxels of {@code batch}, without a rulebook. */
  public static float[] voxelize(PointBatch batch, VoxelSpec spec) {
    return WORKSPACE.get().voxelizer().voxelize(batch, spec).features();
  }

  /**
   * [slabs · sites · 6] features of level 0. Windows share the sites of all of them, so that a
   * neuron keeps its place from step to step; where a window has no point a site has zeros.
   */
  public float[] features() {
    return features;
  }

  public int levels() {
    return levels.length;
  }

  public Level level(int i) {
    return levels[i];
  }
}
