package org.trispike.jobs.doctor;

/** Sizes as findings have them. */
final class Megabytes {
  private Megabytes() {}

  static String of(long bytes) {
    return Math.round(bytes * 1e-6) + " MB";
  }
}
