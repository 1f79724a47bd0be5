package org.trispike.datasets.format;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.trispike.datasets.geometry.Mesh;
import org.trispike.datasets.geometry.MeshPart;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Shape;

/** Files that a test writes down. */
public final class MemoryFiles implements SourceFiles {
  private final Map<String, byte[]> files = new HashMap<>();

  public static MemoryFiles of(String path, String text) {
    return new MemoryFiles().with(path, text);
  }

  public static MemoryFiles of(String path, byte[] bytes) {
    return new MemoryFiles().with(path, bytes);
  }

  MemoryFiles with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  MemoryFiles with(String path, byte[] bytes) {
    files.put(path, bytes);
    return this;
  }

  @Override
  public byte[] read(String path, long limitBytes) throws IOException {
    byte[] bytes = files.get(path);
    if (bytes == null) {
      throw new FileNotFoundException(path);
    }
    if (bytes.length > limitBytes) {
      throw new IOException(path + " has " + bytes.length + " bytes, above " + limitBytes);
    }
    return bytes;
  }

  @Override
  public boolean exists(String path) {
    return files.containsKey(path);
  }

  Shape shape(String path) throws CorruptInputException {
    return ShapeReader.read(this, path, Limits.defaults());
  }

  Mesh mesh(String path) throws CorruptInputException {
    return (Mesh) shape(path);
  }

  /** The only part of a mesh. */
  MeshPart part(String path) throws CorruptInputException {
    Mesh mesh = mesh(path);
    if (mesh.parts().size() != 1) {
      throw new AssertionError(mesh.parts().size() + " parts");
    }
    return mesh.parts().get(0);
  }

  PointCloud cloud(String path) throws CorruptInputException {
    return (PointCloud) shape(path);
  }
}
