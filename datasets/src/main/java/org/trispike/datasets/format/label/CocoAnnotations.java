package org.trispike.datasets.format.label;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Source;

/**
 * A file of COCO's object annotations (instances_*.json). Key points and captions are left out.
 *
 * @param categories their names by number
 * @param images in the order of the file
 * @param clipped how many boxes reached beyond their picture and were cut at its border
 */
public record CocoAnnotations(
    SortedMap<Integer, String> categories, List<CocoImage> images, long clipped) {
  public CocoAnnotations {
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    images = List.copyOf(images);
    if (clipped < 0) {
      throw new IllegalArgumentException("Clipped = " + clipped + " is negative");
    }
  }

  /**
   * All annotations of a file.
   *
   * @throws CorruptInputException if it is no such JSON, if an id stands there twice, or if an
   *     annotation is of a picture or category that the file does not list
   */
  public static CocoAnnotations read(Source source) throws CorruptInputException {
    return new CocoReader(source).read();
  }
}
