package org.trispike.vq.plan;

/**
 * What a kernel can take in addition before fewer of its blocks fit on a multiprocessor.
 *
 * @param occupancy blocks that fit
 * @param registers 32-bit registers a thread
 * @param sharedBytes shared memory a block
 */
public record Slack(int occupancy, int registers, int sharedBytes) {

  /** From the compiler's report and the limits of the hardware; no device is asked. */
  public static Slack of(ResourceReport kernel, Architecture gpu) {
    int portioned = (kernel.registers() + Architecture.PORTION - 1) & -Architecture.PORTION;
    int byThreads = gpu.threads() / kernel.threads();
    int byRegisters = Architecture.REGISTERS / (portioned * kernel.threads());
    int byShared = gpu.sharedBytes() / (kernel.sharedBytes() + Architecture.RESERVED_BYTES);
    int occupancy = Math.min(Math.min(byThreads, gpu.blocks()), Math.min(byRegisters, byShared));
    if (occupancy == 0) {
      throw new IllegalArgumentException("No block of " + kernel + " fits on " + gpu.name());
    }
    int shared =
        Math.min(
            gpu.sharedBytes() / occupancy - Architecture.RESERVED_BYTES, gpu.sharedBytesOfBlock());
    int registers =
        Math.min(
            Architecture.REGISTERS / (occupancy * kernel.threads()) & -Architecture.PORTION,
            Architecture.REGISTERS_OF_THREAD);
    return new Slack(occupancy, registers - kernel.registers(), shared - kernel.sharedBytes());
  }
}
