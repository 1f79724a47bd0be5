package org.trispike.datasets.shard;

import java.util.Optional;

/** The program's name and version, for provenance. */
public final class ProgramVersion {
  private ProgramVersion() {}

  /** As the jar's manifest says it; "trispike (unpackaged)" for classes outside a jar. */
  public static String text() {
    return Optional.ofNullable(ProgramVersion.class.getPackage().getImplementationVersion())
        .map(version -> "trispike " + version)
        .orElse("trispike (unpackaged)");
  }
}
