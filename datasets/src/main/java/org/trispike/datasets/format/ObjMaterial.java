package org.trispike.datasets.format;

/**
 * What an MTL file says of a surface.
 *
 * @param red of its diffuse colour
 * @param green of its diffuse colour
 * @param blue of its diffuse colour
 * @param picture the path of its texture, or null
 */
record ObjMaterial(float red, float green, float blue, String picture) {
  ObjMaterial withColor(float newRed, float newGreen, float newBlue) {
    return new ObjMaterial(newRed, newGreen, newBlue, picture);
  }

  ObjMaterial withPicture(String path) {
    return new ObjMaterial(red, green, blue, path);
  }

  /** A texture on black would never be seen: programs write that where they mean white. */
  boolean black() {
    return red == 0 && green == 0 && blue == 0;
  }
}
