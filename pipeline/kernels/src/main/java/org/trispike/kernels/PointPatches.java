package org.trispike.kernels;

/**
 * Clouds cut into overlapping patches: farthest-point samples of each cloud as centres, and the
 * nearest points of each. A cloud of fewer points than there should be patches, or members of one,
 * has as many as it has points.
 *
 * @param sampleOffsets [samples + 1] where each sample's patches begin
 * @param patchOffsets [patches + 1] where each patch's members begin
 * @param centres [patches · 3] x, y, z
 * @param members [members · 6] x, y, z from the patch's centre on, r, g, b
 */
public record PointPatches(
    int[] sampleOffsets, int[] patchOffsets, float[] centres, float[] members) {
  /** Columns of a member. */
  public static final int FEATURES = 6;

  /** Cuts each sample of {@code batch}, from its first point on. */
  public static PointPatches cut(PointBatch batch, int patches, int neighbours) {
    int samples = batch.samples();
    int[] sampleOffsets = new int[samples + 1];
    for (int s = 0; s < samples; s++) {
      sampleOffsets[s + 1] = sampleOffsets[s] + Math.min(patches, points(batch, s));
    }
    int[] patchOffsets = new int[sampleOffsets[samples] + 1];
    for (int s = 0; s < samples; s++) {
      for (int p = sampleOffsets[s]; p < sampleOffsets[s + 1]; p++) {
        patchOffsets[p + 1] = patchOffsets[p] + Math.min(neighbours, points(batch, s));
      }
    }
    int total = sampleOffsets[samples];
    float[] centres = new float[3 * total];
    float[] members = new float[Math.multiplyExact(FEATURES, patchOffsets[total])];
    PointPatches cut = new PointPatches(sampleOffsets, patchOffsets, centres, members);
    for (int s = 0; s < samples; s++) {
      cut.fill(batch, s);
    }
    return cut;
  }

  private static int points(PointBatch batch, int sample) {
    return batch.offsets()[sample + 1] - batch.offsets()[sample];
  }

  private void fill(PointBatch batch, int sample) {
    int first = batch.offsets()[sample];
    int points = points(batch, sample);
    int patch = sampleOffsets[sample];
    int count = sampleOffsets[sample + 1] - patch;
    int[] picks = FarthestPointSampling.sample(batch.xyz(), first, points, count, 0);
    int size = patchOffsets[patch + 1] - patchOffsets[patch];
    int[] near = NearestNeighbours.search(batch.xyz(), first, points, picks, size);
    int row = patchOffsets[patch];
    for (int p = 0; p < count; p++, patch++) {
      int centre = 3 * (first + picks[p]);
      System.arraycopy(batch.xyz(), centre, centres, 3 * patch, 3);
      for (int m = 0; m < size; m++, row++) {
        int point = 3 * (first + near[p * size + m]);
        for (int d = 0; d < 3; d++) {
          members[FEATURES * row + d] = batch.xyz()[point + d] - batch.xyz()[centre + d];
          members[FEATURES * row + 3 + d] = batch.rgb()[point + d];
        }
      }
    }
  }

  public int patches() {
    return patchOffsets.length - 1;
  }

  /** Members of all patches. */
  public int rows() {
    return patchOffsets[patches()];
  }
}
