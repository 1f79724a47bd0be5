package org.trispike.datasets.format;

/** The kinds of numbers in a glTF file's arrays. */
enum GltfNumber {
  INT8(5120, 1, 1 / 127f),
  UINT8(5121, 1, 1 / 255f),
  INT16(5122, 2, 1 / 32767f),
  UINT16(5123, 2, 1 / 65535f),
  UINT32(5125, 4, 1),
  FLOAT32(5126, 4, 1);

  private final int code;
  private final int bytes;
  private final float step;

  GltfNumber(int code, int bytes, float step) {
    this.code = code;
    this.bytes = bytes;
    this.step = step;
  }

  /** The kind that a file calls {@code componentType}. */
  static GltfNumber of(Source source, int componentType) throws CorruptInputException {
    for (GltfNumber number : values()) {
      if (number.code == componentType) {
        return number;
      }
    }
    throw source.bad(Reason.BAD_HEADER, "There is no component type %s", componentType);
  }

  int bytes() {
    return bytes;
  }

  boolean isIndex() {
    return this == UINT8 || this == UINT16 || this == UINT32;
  }

  /**
   * Reads neighbouring numbers.
   *
   * @param normalized whether the largest whole number stands for 1
   */
  void read(ByteSlice from, int place, boolean normalized, float[] out, int at, int numbers) {
    boolean fraction = normalized && step != 1;
    for (int k = 0; k < numbers; k++) {
      float value = value(from, place + k * bytes);
      out[at + k] = fraction ? Math.max(-1, value * step) : value;
    }
  }

  private float value(ByteSlice from, int place) {
    return switch (this) {
      case INT8 -> from.int8(place);
      case UINT8 -> from.uint8(place);
      case INT16 -> from.int16(place);
      case UINT16 -> from.uint16(place);
      case UINT32 -> Integer.toUnsignedLong(from.int32(place));
      case FLOAT32 -> from.float32(place);
    };
  }

  /** Reads neighbouring numbers of an index type; 32 bits are kept as they are. */
  void read(ByteSlice from, int place, int[] out, int at, int numbers) {
    for (int k = 0; k < numbers; k++) {
      int here = place + k * bytes;
      out[at + k] =
          this == UINT8 ? from.uint8(here) : this == UINT16 ? from.uint16(here) : from.int32(here);
    }
  }
}
