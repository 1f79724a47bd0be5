package org.trispike.kernels;

/**
 * The memory behind a {@link Tensor}: owned by the {@link Compute} that made it, opaque to all
 * others.
 */
public interface Storage {

  /** Elements that this memory holds, at least as many as any tensor on it addresses. */
  int capacity();
}
