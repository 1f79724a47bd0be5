package org.trispike.jobs.inspect;

import java.util.Map;
import java.util.TreeMap;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.hdf5.Hdf5Clouds;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Preprocessing;
import org.trispike.datasets.geometry.Shape;
import org.trispike.datasets.geometry.SurfaceSampler;
import org.trispike.datasets.geometry.UpAxis;
import org.trispike.datasets.geometry.ViewRenderer;

/** Shapes: their counts and extents; as the network sees them, points and views. */
final class ShapeInspection {
  private static final int POINTS = 10_000;
  private static final int VIEWS = 4;
  private static final int SIZE = 224;

  private ShapeInspection() {}

  static void shape(Inspection inspection, Source source) throws CorruptInputException {
    Shape shape = ShapeReader.read(source.files(), source.path(), source.limits());
    String name = source.path().substring(source.path().lastIndexOf('/') + 1);
    if (shape instanceof Mesh mesh) {
      int vertices = mesh.parts().stream().mapToInt(MeshPart::vertices).sum();
      int faces = mesh.parts().stream().mapToInt(MeshPart::faces).sum();
      inspection.line(
          "%s: a mesh of %d parts, %d vertices, %d faces, area %.4g",
          name, mesh.parts().size(), vertices, faces, SurfaceSampler.area(mesh));
      Bounds bounds = new Bounds();
      mesh.parts().forEach(part -> bounds.add(part.xyz()));
      inspection.line("  from %s to %s", bounds.low(), bounds.high());
    } else {
      cloud(inspection, name, (PointCloud) shape);
    }
    if (inspection.exports()) {
      Preprocessing preprocessing = new Preprocessing(POINTS, UpAxis.AUTO);
      String extension = ShapeReader.extension(name);
      inspection.cloud(name, preprocessing.apply(shape, extension, 1));
      int view = 0;
      Shape upright = preprocessing.upright(shape, extension);
      for (var image : ViewRenderer.render(upright, VIEWS, SIZE)) {
        inspection.picture(name + "-" + view++, image);
      }
    }
  }

  static void container(Inspection inspection, Source source, int rows)
      throws CorruptInputException {
    Hdf5Clouds clouds = Hdf5Clouds.open(source);
    String name = source.path().substring(source.path().lastIndexOf('/') + 1);
    Map<Integer, Integer> labels = new TreeMap<>();
    for (int i = 0; i < clouds.size(); i++) {
      labels.merge(clouds.label(i), 1, Integer::sum);
    }
    inspection.line("%s: %d clouds, by label %s", name, clouds.size(), labels);
    for (int i = 0; i < Math.min(rows, clouds.size()); i++) {
      PointCloud cloud = clouds.cloud(i);
      cloud(inspection, name + "#" + i + " (label " + clouds.label(i) + ")", cloud);
      inspection.cloud(name + "-" + i, cloud);
    }
  }

  private static void cloud(Inspection inspection, String name, PointCloud cloud) {
    Bounds bounds = new Bounds();
    bounds.add(cloud.xyz());
    inspection.line(
        "%s: a cloud of %d points from %s to %s",
        name, cloud.points(), bounds.low(), bounds.high());
  }
}
