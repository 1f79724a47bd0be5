package org.trispike.datasets.format;

/**
 * The most that a file may ask for. Each is checked before memory is taken.
 *
 * @param fileBytes of one file
 * @param vertices of a shape, or points of a cloud
 * @param faces of a shape, after polygons are cut into triangles
 * @param imagePixels of a picture or texture
 * @param imageSide its longer side, in pixels
 * @param jsonDepth nested objects and arrays in JSON
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
    int jsonDepth,
    int nodeDepth,
    int zipEntries,
    int zipRatio,
    long zipBytes,
    int events) {
  private static final int EVENTS = 100_000_000;

  public Limits {
    check("fileBytes", fileBytes);
    check("vertices", vertices);
    check("faces", faces);
    check("imagePixels", imagePixels);
    check("imageSide", imageSide);
    check("jsonDepth", jsonDepth);
    check("nodeDepth", nodeDepth);
    check("zipEntries", zipEntries);
    check("zipRatio", zipRatio);
    check("zipBytes", zipBytes);
    check("events", events);
  }

  /** Limits with the default number of events. */
  public Limits(
      long fileBytes,
      int vertices,
      int faces,
      long imagePixels,
      int imageSide,
      int jsonDepth,
      int nodeDepth,
      int zipEntries,
      int zipRatio,
      long zipBytes) {
    this(
        fileBytes,
        vertices,
        faces,
        imagePixels,
        imageSide,
        jsonDepth,
        nodeDepth,
        zipEntries,
        zipRatio,
        zipBytes,
        EVENTS);
  }

  public static Limits defaults() {
    return new Limits(
        512L << 20, 10_000_000, 20_000_000, 64_000_000, 16_384, 64, 256, 10_000, 200, 1L << 30);
  }

  private static void check(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException("Limit " + name + " = " + value + " is not positive");
    }
  }
}
