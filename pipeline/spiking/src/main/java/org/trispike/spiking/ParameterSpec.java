package org.trispike.spiking;

import java.util.Arrays;
import org.trispike.kernels.Tensor;

/**
 * One named parameter inside a flat vector.
 *
 * @param name unique within its layout, such as {@code stage1.block0.first.conv.weight}
 * @param shape row-major extents: [offsets, C_in, C_out] of a convolution, [out, in] of a linear
 *     map
 * @param role what an optimizer does with it
 * @param offset position of its first element in the flat vector
 */
public record ParameterSpec(String name, int[] shape, Role role, int offset) {
  public ParameterSpec {
    shape = shape.clone();
  }

  @Override
  public int[] shape() {
    return shape.clone();
  }

  public int size() {
    int size = 1;
    for (int extent : shape) {
      size *= extent;
    }
    return size;
  }

  /** This parameter's part of {@code flat}, sharing its storage. */
  public Tensor of(Tensor flat) {
    return flat.view(offset, shape);
  }

  /** A copy of this parameter's part of {@code flat}. */
  public float[] of(float[] flat) {
    return Arrays.copyOfRange(flat, offset, offset + size());
  }

  @Override
  public String toString() {
    return name + Arrays.toString(shape) + "@" + offset;
  }
}
