package org.trispike.vq.plan;

/**
 * What a compiled kernel takes before any codebook is cached, as the compiler reports it.
 *
 * @param threads of a block
 * @param registers of a thread
 * @param sharedBytes of a block
 */
public record ResourceReport(int threads, int registers, int sharedBytes) {
  public ResourceReport {
    if (threads < 1 || registers < 1 || sharedBytes < 0) {
      throw new IllegalArgumentException(
          threads + " threads, " + registers + " registers, " + sharedBytes + " shared bytes");
    }
  }
}
