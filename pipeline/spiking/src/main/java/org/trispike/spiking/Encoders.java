package org.trispike.spiking;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The encoders by name. */
public final class Encoders {
  private static final Map<String, E3dsnnSize> SIZES = sizes();

  private Encoders() {}

  /** The names that {@link #create} knows. */
  public static List<String> names() {
    return List.copyOf(SIZES.keySet());
  }

  /** The encoder of {@code spec}; throws IllegalArgumentException for an unknown name. */
  public static Encoder create(EncoderSpec spec) {
    return new E3dsnn(spec, size(spec.name()), E3dsnn.Form.TRAINABLE);
  }

  /** The same network with norms folded into convolutions, for inference. */
  static E3dsnn folded(EncoderSpec spec) {
    return new E3dsnn(spec, size(spec.name()), E3dsnn.Form.FOLDED);
  }

  private static E3dsnnSize size(String name) {
    E3dsnnSize size = SIZES.get(name);
    if (size == null) {
      throw new IllegalArgumentException(
          "Unknown encoder " + name + "; known are " + String.join(", ", SIZES.keySet()));
    }
    return size;
  }

  private static Map<String, E3dsnnSize> sizes() {
    Map<String, E3dsnnSize> sizes = new LinkedHashMap<>();
    sizes.put("e3dsnn-t", E3dsnnSize.TINY);
    sizes.put("e3dsnn-s", E3dsnnSize.SMALL);
    sizes.put("e3dsnn-l", E3dsnnSize.LARGE);
    sizes.put("e3dsnn-h", E3dsnnSize.HUGE);
    return sizes;
  }
}
