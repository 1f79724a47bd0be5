package org.trispike.datasets.format;

/**
 * Where the colours of an element stand.
 *
 * @param red which property is red
 * @param green which property is green
 * @param blue which property is blue
 * @param full the value of full intensity; 1 if the type does not tell it
 */
record PlyTint(int red, int green, int blue, float full) {
  /** The colours of this element, or null if it has none. */
  static PlyTint of(PlyElement element) {
    int red = element.value("red", "diffuse_red", "r");
    int green = element.value("green", "diffuse_green", "g");
    int blue = element.value("blue", "diffuse_blue", "b");
    if (red < 0 || green < 0 || blue < 0) {
      return null;
    }
    float full =
        switch (element.properties().get(red).type()) {
          case UCHAR -> 255;
          case USHORT -> 65535;
          default -> 1;
        };
    return new PlyTint(red, green, blue, full);
  }
}
