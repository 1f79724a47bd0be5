package org.trispike.datasets.teacher;

import java.util.List;
import org.trispike.datasets.format.Images;

/**
 * The teacher that needs no download: {@link TextEncoder} for texts, and an {@link ImageTower} that
 * was tuned to it for pictures.
 */
final class EmbeddedTeacher implements Teacher {
  static final String KIND = "embedded";

  private final TextEncoder texts = TextEncoder.shared();
  private final ImageTower images;
  private final String id;

  EmbeddedTeacher(ImageTower images) {
    this.images = images;
    this.id = KIND + "-" + TowerFile.hash(texts.id(), images).substring(0, 16);
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int dimension() {
    return TextEncoder.DIMENSION;
  }

  ImageTower tower() {
    return images;
  }

  @Override
  public float[][] embedTexts(List<String> list) {
    return list.stream().map(texts::embed).toArray(float[][]::new);
  }

  @Override
  public float[][] embedImages(List<byte[]> list) {
    return list.stream().map(this::embedImage).toArray(float[][]::new);
  }

  private float[] embedImage(byte[] encoded) {
    byte[] prepared = Pictures.prepare(Images.decodeAgain(encoded));
    return images.embed(Pictures.toFloats(prepared));
  }

  /** The text encoder belongs to the JVM, not to this teacher. */
  @Override
  public void close() {}
}
