package org.trispike.datasets.store;

import java.io.IOException;

/** Files of tasks that are there as soon as their task commits them. */
record OneByOne() implements TaskOutput {
  private static final long serialVersionUID = 1;

  @Override
  public NewFile create(ArtefactFolder folder, String name, long attempt) throws IOException {
    return folder.create(name, attempt);
  }

  @Override
  public void commit(ArtefactFolder folder) {}
}
