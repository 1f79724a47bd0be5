package org.trispike.vq.cuda;

import java.util.List;

/**
 * A kernel on a grid of blocks.
 *
 * @param grid blocks along x, y, z
 * @param arguments a {@link Buffer} or an int each, in the order of the kernel's parameters
 */
public record Launch(CudaKernel kernel, List<Integer> grid, List<Object> arguments) {

  /** What kernels read and write. */
  public enum Buffer {
    /** Packed indices. */
    CODES,
    /** Codebooks. */
    BOOKS,
    /** Activations or queries of half precision, or shares of single precision. */
    INPUT,
    /** Results of parts, single precision. */
    PARTIAL,
    /** Products of half precision, or shares or mixed values of single precision. */
    OUTPUT
  }

  public Launch {
    grid = List.copyOf(grid);
    arguments = List.copyOf(arguments);
    for (Object argument : arguments) {
      if (!(argument instanceof Buffer || argument instanceof Integer)) {
        throw new IllegalArgumentException(argument + " is neither a buffer nor a number");
      }
    }
  }
}
