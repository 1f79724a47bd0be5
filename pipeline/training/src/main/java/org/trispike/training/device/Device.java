package org.trispike.training.device;

import java.util.Objects;

/**
 * What a task computes on.
 *
 * @param address of a GPU among those of its machine, as Spark's discovery script has it; "" for
 *     the CPU
 */
public record Device(Kind kind, String address) {
  /** The kinds of devices that a run may ask for. */
  public enum Kind {
    CPU,
    CUDA
  }

  static final Device CPU = new Device(Kind.CPU, "");

  public Device {
    Objects.requireNonNull(kind);
    if (address.isEmpty() != (kind == Kind.CPU)) {
      throw new IllegalArgumentException("A " + kind + " has no address '" + address + "'");
    }
  }

  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "cuda:" + address;
  }
}
