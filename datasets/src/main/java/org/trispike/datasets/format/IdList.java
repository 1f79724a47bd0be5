package org.trispike.datasets.format;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Names of the samples of a split, one a line, as the folder ImageSets of many data sets has. */
public final class IdList {
  private IdList() {}

  /** The names in the order of the file; one that stands there twice is a fault. */
  public static List<String> read(Source source) throws CorruptInputException {
    List<String> ids = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (TextLine line : TextLine.read(source)) {
      String[] words = line.words();
      line.check(words.length == 1, "%s words where one name should stand", words.length);
      line.check(known.add(words[0]), "'%s' stands there twice", Source.brief(words[0]));
      ids.add(words[0]);
    }
    source.check(!ids.isEmpty(), Reason.EMPTY, "It names nothing");
    return List.copyOf(ids);
  }
}
