package org.trispike.vq;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.trispike.kernels.io.MalformedFileException;

/**
 * Reads what nobody vouches for: a reader gives a result or throws the fault that it declares, with
 * the file's name "a" before it, and takes no more than 64 MB.
 */
public final class Hostile {
  private static final long MOST_BYTES = 64 << 20;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A call of a reader. */
  @FunctionalInterface
  public interface Reading {
    void read() throws IOException;
  }

  private Hostile() {}

  public static void read(Reading reading) throws IOException {
    // Again if it was too much: the first time, classes are loaded as well.
    long taken = taken(reading);
    if (taken > MOST_BYTES) {
      taken = taken(reading);
    }
    if (taken > MOST_BYTES) {
      throw new AssertionError("Reading took " + taken + " bytes");
    }
  }

  private static long taken(Reading reading) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reading.read();
    } catch (MalformedFileException e) {
      if (!e.getMessage().startsWith("a: ")) {
        throw new AssertionError("A fault without a name", e);
      }
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
