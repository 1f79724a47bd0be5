package org.trispike.jobs.doctor;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What one JVM says of itself and its machine.
 *
 * @param place "driver", or which executor where
 * @param clockMillis when it was asked, by its own clock
 * @param seesRun whether it finds what the driver wrote beside {@code run.dir}
 */
record JvmFacts(
    String place,
    long clockMillis,
    Java java,
    Natives natives,
    Gpus gpus,
    List<Scratch> scratch,
    boolean seesRun)
    implements Serializable {
  JvmFacts {
    Objects.requireNonNull(place);
    Objects.requireNonNull(java);
    Objects.requireNonNull(natives);
    Objects.requireNonNull(gpus);
    scratch = List.copyOf(scratch);
  }

  /**
   * The JVM and its class path.
   *
   * @param feature the number of its release, such as 17
   * @param vectorBits of the CPU's vectors; 0 without the module
   * @param pausingTurns turns after which a counted loop asks whether it should pause; 0 for never
   * @param serialFilter what Java serialization may not build; "" for no filter
   * @param scala the binary version
   */
  record Java(
      String version,
      int feature,
      int vectorBits,
      long pausingTurns,
      String serialFilter,
      String spark,
      String scala,
      long heapBytes)
      implements Serializable {}

  /**
   * ND4J's native libraries.
   *
   * @param problem why they cannot be loaded; ""
   * @param ompThreads the variable OMP_NUM_THREADS; "" where it is not set
   */
  record Natives(String problem, String ompThreads, int cores) implements Serializable {}

  /**
   * NVIDIA's GPUs.
   *
   * @param given the addresses that Spark gave to tasks
   * @param devices that the kernel shows to this process
   * @param driver its version; "" without one
   */
  record Gpus(List<String> given, int devices, String driver) implements Serializable {
    Gpus {
      given = List.copyOf(given);
    }
  }

  /** A folder for blocks, spills and shuffles. */
  record Scratch(String folder, long freeBytes) implements Serializable {}

  /** The same with the GPUs of a task more. */
  JvmFacts with(List<String> moreGpus) {
    TreeSet<String> given = new TreeSet<>(gpus.given());
    given.addAll(moreGpus);
    Gpus all = new Gpus(List.copyOf(given), gpus.devices(), gpus.driver());
    return new JvmFacts(place, clockMillis, java, natives, all, scratch, seesRun);
  }
}
