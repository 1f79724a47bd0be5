package org.trispike.vq.lm;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.trispike.kernels.io.MalformedFileException;

/**
 * The files of a language model, of any bytes: a reader gives a result or the fault that it
 * declares, and takes no more than 64 MB. Replays its corpus unless it is told to fuzz.
 */
final class LanguageModelFuzzTest {
  private static final long MOST_BYTES = 64 << 20;

  private static final int VOCABULARY = 268;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private interface Reading {
    void read() throws IOException;
  }

  private static void bounded(Reading reading) throws IOException {
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

  @FuzzTest
  void weights(byte[] bytes) throws IOException {
    bounded(() -> Llama2cFile.read(new ByteArrayInputStream(bytes), bytes.length, "a"));
  }

  @FuzzTest
  void tokenizer(byte[] bytes) throws IOException {
    bounded(() -> Tokenizer.parse(bytes, VOCABULARY, "a").encode("abc é"));
  }
}
