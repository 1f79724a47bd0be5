package org.trispike.datasets.format;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Shapes and pictures of any bytes. Replays its corpus unless it is told to fuzz. */
final class ShapeFuzzTest {
  private static final String MATERIAL = "newmtl m\nKd 0.5 0.2 0.1\nmap_Kd a.png\n";
  private static final String TRIANGLE =
      "mtllib a.mtl\nusemtl m\nv 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0 0\nvt 1 0\nvt 0 1\nf 1/1 2/2 3/3\n";

  private static void shape(String path, byte[] bytes) {
    shape(MemoryFiles.of(path, bytes), path);
  }

  private static void shape(MemoryFiles files, String path) {
    Hostile.read(() -> ShapeReader.read(files, path, Hostile.SMALL));
  }

  @FuzzTest
  void glb(byte[] bytes) {
    shape("a.glb", bytes);
  }

  @FuzzTest
  void gltf(byte[] bytes) {
    shape("a.gltf", bytes);
  }

  @FuzzTest
  void obj(byte[] bytes) {
    shape(MemoryFiles.of("a.obj", bytes).with("a.mtl", MATERIAL), "a.obj");
  }

  @FuzzTest
  void mtl(byte[] bytes) {
    shape(MemoryFiles.of("a.obj", TRIANGLE).with("a.mtl", bytes), "a.obj");
  }

  @FuzzTest
  void off(byte[] bytes) {
    shape("a.off", bytes);
  }

  @FuzzTest
  void ply(byte[] bytes) {
    shape("a.ply", bytes);
  }

  @FuzzTest
  void stl(byte[] bytes) {
    shape("a.stl", bytes);
  }

  @FuzzTest
  void npy(byte[] bytes) {
    shape("a.npy", bytes);
  }

  @FuzzTest
  void npz(byte[] bytes) {
    shape("a.npz", bytes);
  }

  @FuzzTest
  void png(byte[] bytes) {
    Hostile.read(() -> Images.decode("a.png", bytes, Hostile.SMALL));
  }

  @FuzzTest
  void jpeg(byte[] bytes) {
    Hostile.read(() -> Images.decode("a.jpg", bytes, Hostile.SMALL));
  }
}
