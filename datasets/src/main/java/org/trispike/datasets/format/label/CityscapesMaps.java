package org.trispike.datasets.format.label;

import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/** Reads the maps of Cityscapes. */
public final class CityscapesMaps {
  private static final int LAST = CityscapesClass.ALL.size() - 1;
  private static final int OBJECTS_PER_CLASS = 1000;

  private CityscapesMaps() {}

  /** The classes in a file _labelIds.png; 0, "unlabeled", is void. */
  public static ClassMap labels(Source source) throws CorruptInputException {
    return ClassMap.read(source, LAST, 0);
  }

  /** The same map in the numbers of training. */
  public static ClassMap trainIds(ClassMap labels) {
    return labels.renumbered(id -> CityscapesClass.ALL.get(id).trainId(), CityscapesClass.VOID);
  }

  /**
   * The map in a file _instanceIds.png. A segment is 1000 times its class and the object's number,
   * from 0 on; groups that nobody told apart have a class alone, and no segment.
   */
  public static SegmentMap instances(Source source) throws CorruptInputException {
    ClassMap stored = ClassMap.read(source, (LAST + 1) * OBJECTS_PER_CLASS - 1, 0);
    int[] segments = new int[stored.ids().length];
    for (int i = 0; i < segments.length; i++) {
      int id = stored.ids()[i] & ClassMap.MOST_ID;
      if (id > LAST && id < OBJECTS_PER_CLASS) {
        throw source.bad(
            Reason.INDEX_OUT_OF_RANGE,
            "Pixel %s, %s is of class %s, beyond %s",
            i % stored.width(),
            i / stored.width(),
            id,
            LAST);
      }
      segments[i] = id < OBJECTS_PER_CLASS ? 0 : id;
    }
    return new SegmentMap(
        stored.renumbered(id -> id < OBJECTS_PER_CLASS ? id : id / OBJECTS_PER_CLASS, 0), segments);
  }
}
