package org.trispike.kernels;

/**
 * How points become voxels.
 *
 * @param voxelSize edge of a voxel, in the unit of the coordinates
 * @param origin where voxel (0, 0, 0) lies
 * @param duplicates what becomes of points that share a voxel
 */
public record VoxelSpec(float voxelSize, Origin origin, Duplicates duplicates) {

  /** Where the grid begins. */
  public enum Origin {
    /** At each sample's own minimum: a sample's voxels do not depend on its batch. */
    PER_SAMPLE,
    /** At the minimum over the batch, as SVL's published code does. */
    PER_BATCH
  }

  /** What becomes of points that share a voxel. */
  public enum Duplicates {
    /** One site whose features are their mean. */
    MEAN,
    /** A site for each point, as SVL's published code does; neighbours see the first of them. */
    KEEP
  }

  public VoxelSpec {
    if (!(voxelSize > 0) || Float.isInfinite(voxelSize)) {
      throw new IllegalArgumentException("Voxel size " + voxelSize + " is not positive and finite");
    }
  }

  /** 0.02 on unit-sphere clouds, per sample, merged by mean. */
  public static VoxelSpec standard() {
    return new VoxelSpec(0.02f, Origin.PER_SAMPLE, Duplicates.MEAN);
  }
}
