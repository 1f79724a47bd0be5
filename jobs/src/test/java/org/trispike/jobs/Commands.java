package org.trispike.jobs;

/** The command line, for tests of other packages. */
public final class Commands {
  private Commands() {}

  public static int run(String... arguments) {
    return Main.run(arguments);
  }
}
