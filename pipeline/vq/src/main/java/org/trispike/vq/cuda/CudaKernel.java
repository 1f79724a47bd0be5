package org.trispike.vq.cuda;

/**
 * The text of one kernel and what a launch has to give it.
 *
 * @param name of its entry point
 * @param text CUDA C++ without what {@link #source} puts before it
 * @param threads of a block
 * @param cachedBytes shared memory of the codebook cache
 * @param ownBytes shared memory of the computation itself
 */
public record CudaKernel(String name, String text, int threads, int cachedBytes, int ownBytes) {

  /** Shared memory of a block, all of it dynamic. */
  public int sharedBytes() {
    return cachedBytes + ownBytes;
  }

  /** All that a compiler needs; no header is included. */
  public String source() {
    return Snippets.read("device.cu") + text;
  }
}
