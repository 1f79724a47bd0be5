package org.trispike.datasets.format.label;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;

/**
 * A file of COCO's panoptic annotations (panoptic_*.json): which segments the maps in a folder of
 * PNG files hold.
 *
 * @param categories by number, from 1 on
 * @param images in the order of the file's annotations
 */
public record PanopticAnnotations(
    SortedMap<Integer, PanopticCategory> categories, List<PanopticImage> images) {
  /**
   * A class.
   *
   * @param name of it
   * @param thing whether its objects can be counted; stuff, such as sky, cannot
   */
  public record PanopticCategory(String name, boolean thing) {}

  public PanopticAnnotations {
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    images = List.copyOf(images);
  }

  public static PanopticAnnotations read(Source source) throws CorruptInputException {
    return new PanopticReader(source).read();
  }
}
