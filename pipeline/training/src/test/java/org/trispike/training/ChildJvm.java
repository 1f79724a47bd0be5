package org.trispike.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Processes of the Java of this one. */
public final class ChildJvm {
  private ChildJvm() {}

  /** The class path of this process, without the jar that the build lets stand for it. */
  public static String classPath() {
    return System.getProperty("surefire.test.class.path");
  }

  /**
   * One on the class path of this.
   *
   * @param arguments options, main class and its arguments
   */
  public static ProcessBuilder of(List<String> arguments) {
    return of(classPath(), arguments);
  }

  static ProcessBuilder of(String classPath, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Where its length shows in no list of processes.
    builder.environment().put("CLASSPATH", classPath);
    return builder;
  }
}
