package org.trispike.datasets.format.label;

import java.util.HashMap;
import java.util.Map;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.StoredPixels;

/** Reads COCO's panoptic maps, PNG files whose colours are the numbers of segments. */
public final class PanopticMaps {
  private PanopticMaps() {}

  /**
   * The map in a file: classes are the numbers of categories, 0 where there is no segment.
   *
   * @param image what the annotations say of it
   */
  public static SegmentMap read(Source source, PanopticImage image) throws CorruptInputException {
    StoredPixels pixels = StoredPixels.read(source);
    int width = image.width();
    source.check(
        pixels.width() == width && pixels.height() == image.height(),
        Reason.BAD_IMAGE,
        "It is of another size than its picture, %s by %s",
        pixels.width(),
        pixels.height());
    pixels.checkColours(source);
    Map<Integer, Integer> categories = new HashMap<>();
    image.segments().forEach(segment -> categories.put(segment.id(), segment.categoryId()));
    categories.put(0, 0);
    int[] segments = new int[width * image.height()];
    short[] ids = new short[segments.length];
    for (int i = 0; i < segments.length; ) {
      int[] row = pixels.row(i / width);
      for (int at = 0; at < row.length; at += pixels.channels(), i++) {
        segments[i] = row[at] | row[at + 1] << 8 | row[at + 2] << 16;
        Integer category = categories.get(segments[i]);
        if (category == null) {
          throw source.bad(
              Reason.INDEX_OUT_OF_RANGE,
              "Pixel %s, %s is of the segment %s, which its annotation lacks",
              i % width,
              i / width,
              segments[i]);
        }
        ids[i] = category.shortValue();
      }
    }
    return new SegmentMap(new ClassMap(width, image.height(), ids, 0), segments);
  }
}
