package org.trispike.spiking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trispike.kernels.PointBatch;

/** The encoders by name. */
public final class Encoders {
  private interface Maker {
    PathEncoder make(EncoderSpec spec, Form form);
  }

  private static final Map<String, Maker> MAKERS = makers();

  private Encoders() {}

  /** The names that {@link #create} knows. */
  public static List<String> names() {
    return List.copyOf(MAKERS.keySet());
  }

  /** Whether the encoder is one of sparse voxels, an E-3DSNN. */
  public static boolean onVoxels(EncoderSpec spec) {
    return spec.name().startsWith("e3dsnn-");
  }

  /** The encoder of {@code spec}; throws IllegalArgumentException for an unknown name. */
  public static Encoder create(EncoderSpec spec) {
    return maker(spec.name()).make(spec, Form.TRAINABLE);
  }

  /** The same network with norms folded into the maps before them, for inference. */
  static PathEncoder folded(EncoderSpec spec) {
    return maker(spec.name()).make(spec, Form.FOLDED);
  }

  /** Refuses a batch that {@link Encoder#forward} does not take. */
  static void check(PointBatch batch) {
    if (batch.samples() == 0) {
      throw new IllegalArgumentException("The batch has no samples");
    }
    for (int s = 0; s < batch.samples(); s++) {
      if (batch.offsets()[s] == batch.offsets()[s + 1]) {
        throw new IllegalArgumentException("Sample " + s + " of the batch has no points");
      }
    }
  }

  /**
   * Refuses points in other than {@code taken} windows of time.
   *
   * @param taken the time steps of an encoder of voxels, 1 for one of points
   */
  static void checkWindows(PointBatch batch, int taken) {
    if (batch.windows() != null && batch.slabs() != taken) {
      throw new IllegalArgumentException(
          "Points in "
              + batch.slabs()
              + " windows meet an encoder that takes "
              + taken
              + "; windows are time steps of e3dsnn");
    }
  }

  private static Maker maker(String name) {
    Maker maker = MAKERS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "Unknown encoder " + name + "; known are " + String.join(", ", MAKERS.keySet()));
    }
    return maker;
  }

  private static Map<String, Maker> makers() {
    Map<String, Maker> makers = new LinkedHashMap<>();
    makers.put("e3dsnn-t", (spec, form) -> new E3dsnn(spec, E3dsnnSize.TINY, form));
    makers.put("e3dsnn-s", (spec, form) -> new E3dsnn(spec, E3dsnnSize.SMALL, form));
    makers.put("e3dsnn-l", (spec, form) -> new E3dsnn(spec, E3dsnnSize.LARGE, form));
    makers.put("e3dsnn-h", (spec, form) -> new E3dsnn(spec, E3dsnnSize.HUGE, form));
    makers.put("pointnet", (spec, form) -> new PointNet(spec, PointNetSize.STANDARD, true, form));
    makers.put(
        "pointnet-plain", (spec, form) -> new PointNet(spec, PointNetSize.STANDARD, false, form));
    makers.put(
        "pointformer", (spec, form) -> new PointFormer(spec, PointFormerSize.STANDARD, form));
    return makers;
  }
}
