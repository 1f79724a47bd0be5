package org.trispike.datasets.format;

import java.io.Serializable;

/**
 * The most that a file may ask for. Each is checked before memory is taken.
 *
 * @param fileBytes of one file
 * @param vertices of a shape, or points of a cloud
 * @param faces of a shape, after polygons are cut into triangles
 * @param imagePixels of a picture or texture
 * @param imageSide its longer side, in pixels
 * @param textBytes of one text that belongs to a shape, in UTF-8
 * @param jsonDepth nested objects and arrays in JSON, or lists and dictionaries in a pickle
 * @param nodeDepth nested nodes in glTF
 * @param zipEntries in an archive
 * @param zipRatio unpacked bytes for each packed one
 * @param zipBytes of an archive, or of a packed part of a file, unpacked
 * @param events of a recording of an event camera
 */
public record Limits(
    long fileBytes,
    int vertices,
    int faces,
    long imagePixels,
    int imageSide,
    int textBytes,
    int jsonDepth,
    int nodeDepth,
    int zipEntries,
    int zipRatio,
    long zipBytes,
    int events)
    implements Serializable {
  public Limits {
    check("fileBytes", fileBytes);
    check("vertices", vertices);
    check("faces", faces);
    check("imagePixels", imagePixels);
    check("imageSide", imageSide);
    check("textBytes", textBytes);
    check("jsonDepth", jsonDepth);
    check("nodeDepth", nodeDepth);
    check("zipEntries", zipEntries);
    check("zipRatio", zipRatio);
    check("zipBytes", zipBytes);
    check("events", events);
  }

  /** Those of reference.conf, for readers that no configuration reaches. */
  public static Limits defaults() {
    return new Limits(
        512L << 20,
        10_000_000,
        20_000_000,
        64_000_000,
        16_384,
        1 << 16,
        64,
        256,
        10_000,
        200,
        1L << 30,
        100_000_000);
  }

  private static void check(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("Limit " + name + " = " + value + " is not positive");
    }
  }
}
