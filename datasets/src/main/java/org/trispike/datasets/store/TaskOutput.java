package org.trispike.datasets.store;

import java.io.IOException;
import java.io.Serializable;

/**
 * How the files that the tasks of a Spark job write come into an artefact's folder. It is begun and
 * committed by the driver, and travels to the tasks.
 */
public interface TaskOutput extends Serializable {
  /**
   * Opens a file in a task, which writes one. Two attempts of a task may do so at once: they write
   * the same bytes under the same name, so that either will do.
   *
   * @param attempt tells this attempt from all others of the job
   */
  NewFile create(ArtefactFolder folder, String name, long attempt) throws IOException;

  /** When all tasks are done: their files are there from now on. */
  void commit(ArtefactFolder folder) throws IOException;
}
