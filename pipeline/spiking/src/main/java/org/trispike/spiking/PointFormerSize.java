package org.trispike.spiking;

/**
 * Widths of a PointFormer.
 *
 * @param local of the first map of points
 * @param patch of a patch's vector
 * @param joint of points beside their patch
 * @param position of the first map of centres
 * @param width of a token
 * @param heads of an attention
 * @param hidden between the two maps behind an attention
 */
record PointFormerSize(
    int local, int patch, int joint, int position, int width, int heads, int hidden) {
  static final PointFormerSize STANDARD = new PointFormerSize(128, 256, 512, 128, 384, 6, 1536);

  PointFormerSize {
    if (heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(width + " columns are not cut into " + heads + " heads");
    }
  }
}
