package org.trispike.vq.plan;

import java.util.List;
import java.util.Optional;

/**
 * What a streaming multiprocessor of a GPU generation offers its blocks.
 *
 * @param name as the compiler calls it
 * @param threads resident threads at most
 * @param blocks resident blocks at most
 * @param sharedBytes shared memory, all blocks together
 */
public record Architecture(String name, int threads, int blocks, int sharedBytes) {
  public static final Architecture SM_80 = new Architecture("sm_80", 2048, 32, 164 << 10);
  public static final Architecture SM_86 = new Architecture("sm_86", 1536, 16, 100 << 10);
  public static final Architecture SM_89 = new Architecture("sm_89", 1536, 24, 100 << 10);
  public static final Architecture SM_90 = new Architecture("sm_90", 2048, 32, 228 << 10);

  /** Those that plans are made for. */
  public static List<Architecture> all() {
    return List.of(SM_80, SM_86, SM_89, SM_90);
  }

  /** The one that the compiler calls so. */
  public static Optional<Architecture> named(String name) {
    return all().stream().filter(gpu -> gpu.name().equals(name)).findFirst();
  }

  /** 32-bit registers of a multiprocessor. */
  static final int REGISTERS = 1 << 16;

  /** Registers that a thread can address. */
  static final int REGISTERS_OF_THREAD = 255;

  /** Registers are given to threads in portions of so many. */
  static final int PORTION = 8;

  /** Shared memory that the system takes of each block. */
  static final int RESERVED_BYTES = 1 << 10;

  /** Shared memory that one block may have. */
  int sharedBytesOfBlock() {
    return sharedBytes - RESERVED_BYTES;
  }
}
