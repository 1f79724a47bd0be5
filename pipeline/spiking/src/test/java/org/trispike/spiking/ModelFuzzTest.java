package org.trispike.spiking;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.SafeTensors;

/**
 * The files of a model, of any bytes: a reader gives a result or the fault that it declares, and
 * takes no more than 64 MB. Replays its corpus unless it is told to fuzz.
 */
final class ModelFuzzTest {
  private static final long MOST_BYTES = 64 << 20;

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
  void safetensors(byte[] bytes) throws IOException {
    bounded(() -> SafeTensors.read(new ByteArrayInputStream(bytes), bytes.length, "a"));
  }

  @FuzzTest
  void model(byte[] bytes) throws IOException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    bounded(
        () -> {
          try {
            ModelJson json = new ModelJson("a", Json.parseObject(text));
            var unused = json.network();
            json.preprocessing();
            json.classes();
            json.teacher();
            json.provenance();
            json.files();
          } catch (JsonException e) {
            // What is no JSON is no model.
          }
        });
  }
}
