package org.trispike.notebooks;

import java.nio.file.Files;
import java.nio.file.Path;
import org.trispike.datasets.UserError;

/** Finds the run that a notebook is about. */
public final class RunFolders {
  private RunFolders() {}

  /**
   * The folder of a run.
   *
   * @param folder absolute, or from Trispike's own folder, wherever the notebook itself lies
   * @throws UserError if there is none
   */
  public static Path find(String folder) {
    String home = System.getenv().getOrDefault("TRISPIKE_HOME", ".");
    Path run = Path.of(home).resolve(folder).toAbsolutePath().normalize();
    if (!Files.isDirectory(run)) {
      throw UserError.data(
          "There is no run in "
              + run
              + ". Make one by ./trispike quickstart, which takes a few minutes, or name another"
              + " folder in this cell");
    }
    return run;
  }
}
