package org.trispike.datasets.format.lidar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.trispike.datasets.format.Checks;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;

/**
 * What each point of a scan belongs to, as SemanticKITTI's .label files say it: 32 bits a point,
 * the lower half its class and the upper half the object.
 *
 * @param semantic [points] labels as the file has them; a {@link LearningMap} makes classes of them
 * @param instance [points] numbers of the objects, 0 for none
 */
@SuppressWarnings("ArrayRecordComponent") // large arrays that are passed through
public record PointLabels(int[] semantic, int[] instance) {
  public PointLabels {
    if (semantic.length != instance.length) {
      throw new IllegalArgumentException(
          semantic.length + " labels for " + instance.length + " instances");
    }
  }

  public static PointLabels read(Source source) throws CorruptInputException {
    byte[] bytes = source.bytes();
    source.check(bytes.length > 0, Reason.EMPTY, "It labels no point");
    source.check(
        bytes.length % Integer.BYTES == 0,
        Reason.TRUNCATED,
        "Its %s bytes end within a label of %s bytes",
        bytes.length,
        Integer.BYTES);
    Checks.vertices(source, bytes.length / Integer.BYTES);
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int[] semantic = new int[bytes.length / Integer.BYTES];
    int[] instance = new int[semantic.length];
    for (int i = 0; i < semantic.length; i++) {
      int word = in.getInt();
      semantic[i] = word & 0xFFFF;
      instance[i] = word >>> 16;
    }
    return new PointLabels(semantic, instance);
  }

  public int size() {
    return semantic.length;
  }

  /**
   * Refuses labels that are not those of a scan.
   *
   * @param source the file of the labels
   */
  public void checkMatches(Source source, LidarScan scan) throws CorruptInputException {
    source.check(
        size() == scan.points(),
        Reason.COUNT_OVERFLOW,
        "It labels %s points, and its scan has %s",
        size(),
        scan.points());
  }
}
