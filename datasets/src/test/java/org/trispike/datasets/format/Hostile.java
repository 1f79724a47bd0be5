package org.trispike.datasets.format;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * Reads what nobody vouches for: a reader gives a result or throws the one fault that it declares,
 * and takes no more time and memory than a small file is worth. Whatever else it throws comes out.
 */
public final class Hostile {
  /** What reading a file of up to a megabyte may take, all told. */
  private static final long MOST_BYTES = 64 << 20;

  private static final Duration LONGEST = Duration.ofSeconds(1);

  /**
   * Pictures are bounded by their pixels, not by the bytes of their files: few, so that 64 MB do.
   */
  public static final Limits LIMITS = GivenLimits.of("image-pixels = 1048576");

  /** For millions of readings: what a picture of a million pixels shows, a small one shows, too. */
  public static final Limits SMALL = GivenLimits.of("image-pixels = 65536");

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** A call of a reader. */
  @FunctionalInterface
  public interface Reading {
    Object read() throws CorruptInputException;
  }

  private Hostile() {}

  /** A file in memory, by the reader of one file. */
  public static void read(String path, byte[] bytes, Refusal.Reader reader) {
    read(() -> reader.read(Source.of(MemoryFiles.of(path, bytes), path, SMALL)));
  }

  public static void read(Reading reading) {
    // Again if it was too much: the first time, classes are loaded as well.
    if (!cost(reading).isEmpty()) {
      String cost = cost(reading);
      if (!cost.isEmpty()) {
        throw new AssertionError(cost);
      }
    }
  }

  /** What was too much of a reading, or "". Time is the thread's own, whatever else runs. */
  private static String cost(Reading reading) {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    checkResult(reading);
    bytes = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    nanos = THREADS.getCurrentThreadCpuTime() - nanos;
    boolean cheap = bytes <= MOST_BYTES && nanos <= LONGEST.toNanos();
    return cheap ? "" : "Reading took " + bytes + " bytes and " + nanos / 1_000_000 + " ms";
  }

  private static void checkResult(Reading reading) {
    try {
      if (reading.read() == null) {
        throw new AssertionError("Nothing was read");
      }
    } catch (CorruptInputException e) {
      if (e.getMessage().isBlank() || e.file().isEmpty()) {
        throw new AssertionError("A fault without a name", e);
      }
    }
  }
}
