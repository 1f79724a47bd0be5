package org.trispike.jobs.doctor;

import java.util.Objects;
import java.util.Optional;

/**
 * A path that the configuration names.
 *
 * @param setting its key
 * @param written whether a file was written there and removed, rather than read alone
 * @param kind the name of the exception that it failed with, "" if it did not
 * @param bucket whether it is in an object store
 * @param magic whether uploads of tasks become visible at the end alone
 * @param freeBytes that its disk has left; empty where nobody can tell
 */
record PlaceFacts(
    String setting,
    String path,
    boolean written,
    Optional<PlaceFault> fault,
    String kind,
    boolean bucket,
    boolean magic,
    Optional<Long> freeBytes) {
  PlaceFacts {
    Objects.requireNonNull(setting);
    Objects.requireNonNull(path);
    Objects.requireNonNull(fault);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(freeBytes);
  }
}
