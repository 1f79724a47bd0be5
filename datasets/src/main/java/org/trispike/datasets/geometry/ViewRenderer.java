package org.trispike.datasets.geometry;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of a shape from around it, on white. A pinhole camera looks at the middle of the shape
 * from four radii away, at even steps about the vertical axis, by turns from 15° and 35° above the
 * horizon. Surfaces are flat-shaded from both sides in their own colours, points are small squares;
 * a z-buffer at twice the size, averaged down, smooths the edges. No display is needed, and the
 * same shape gives the same pixels. Time O(views · (faces + pixels)).
 */
public final class ViewRenderer {
  private static final double FIRST_AZIMUTH = Math.toRadians(30);
  private static final double LOW = Math.toRadians(15);
  private static final double HIGH = Math.toRadians(35);

  private ViewRenderer() {}

  /**
   * @param shape with z upwards
   * @param views how many pictures
   * @param size their width and height in pixels
   * @return images of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public static List<BufferedImage> render(Shape shape, int views, int size) {
    if (views < 0 || size < 1) {
      throw new IllegalArgumentException(
          views + " views of " + size + " pixels cannot be rendered");
    }
    Sphere sphere = Sphere.around(shape);
    Canvas canvas = new Canvas(size);
    List<BufferedImage> images = new ArrayList<>();
    for (int view = 0; view < views; view++) {
      double azimuth = FIRST_AZIMUTH + 2 * Math.PI * view / views;
      Camera camera = new Camera(sphere, azimuth, view % 2 == 0 ? LOW : HIGH, size);
      canvas.clear();
      draw(shape, camera, canvas);
      images.add(canvas.image());
    }
    return images;
  }

  private static void draw(Shape shape, Camera camera, Canvas canvas) {
    if (shape instanceof PointCloud cloud) {
      canvas.splat(camera.project(cloud.xyz()), cloud.rgb());
      return;
    }
    for (MeshPart part : ((Mesh) shape).parts()) {
      canvas.fill(part, camera.project(part.xyz()));
    }
  }
}
