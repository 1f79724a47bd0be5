package org.trispike.jobs.quickstart;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writers of one-coloured meshes. GLB and OBJ have y up by custom, the others z; a writer turns the
 * solid accordingly: (x, y, z) becomes (x, z, −y).
 */
enum MeshFormat {
  OBJ {
    @Override
    void write(Path folder, String name, Solid solid, double[] rgb) throws IOException {
      text(
          folder.resolve(name + ".mtl"),
          "newmtl paint\nKd "
              + decimals(rgb[0])
              + " "
              + decimals(rgb[1])
              + " "
              + decimals(rgb[2])
              + "\n");
      StringBuilder out = new StringBuilder("mtllib " + name + ".mtl\nusemtl paint\n");
      float[] xyz = yUp(solid.xyz());
      for (int i = 0; i < xyz.length; i += 3) {
        out.append("v ").append(row(xyz, i)).append('\n');
      }
      int[] corners = solid.corners();
      for (int i = 0; i < corners.length; i += 3) {
        out.append(
            String.format(
                Locale.ROOT,
                "f %d %d %d\n",
                corners[i] + 1,
                corners[i + 1] + 1,
                corners[i + 2] + 1));
      }
      text(folder.resolve(name + ".obj"), out.toString());
    }
  },
  PLY {
    @Override
    void write(Path folder, String name, Solid solid, double[] rgb) throws IOException {
      StringBuilder out = new StringBuilder("ply\nformat ascii 1.0\nelement vertex ");
      out.append(solid.vertices());
      for (String axis : new String[] {"x", "y", "z"}) {
        out.append("\nproperty float ").append(axis);
      }
      for (String channel : new String[] {"red", "green", "blue"}) {
        out.append("\nproperty uchar ").append(channel);
      }
      out.append("\nelement face ").append(solid.triangles());
      out.append("\nproperty list uchar int vertex_indices\nend_header\n");
      float[] xyz = solid.xyz();
      for (int i = 0; i < xyz.length; i += 3) {
        out.append(row(xyz, i)).append(' ').append(bytes(rgb)).append('\n');
      }
      out.append(faces(solid, ""));
      text(folder.resolve(name + ".ply"), out.toString());
    }
  },
  OFF {
    @Override
    void write(Path folder, String name, Solid solid, double[] rgb) throws IOException {
      StringBuilder out = new StringBuilder("OFF\n");
      out.append(solid.vertices()).append(' ').append(solid.triangles()).append(" 0\n");
      float[] xyz = solid.xyz();
      for (int i = 0; i < xyz.length; i += 3) {
        out.append(row(xyz, i)).append('\n');
      }
      out.append(faces(solid, " " + bytes(rgb)));
      text(folder.resolve(name + ".off"), out.toString());
    }
  },
  /** Has no colour. */
  STL {
    @Override
    void write(Path folder, String name, Solid solid, double[] rgb) throws IOException {
      ByteBuffer out =
          ByteBuffer.allocate(84 + 50 * solid.triangles()).order(ByteOrder.LITTLE_ENDIAN);
      out.position(80);
      out.putInt(solid.triangles());
      float[] xyz = solid.xyz();
      int[] corners = solid.corners();
      for (int t = 0; t < solid.triangles(); t++) {
        // A normal of nought asks the reader to work it out from the corners.
        out.position(out.position() + 12);
        for (int corner = 0; corner < 3; corner++) {
          int vertex = corners[3 * t + corner];
          for (int axis = 0; axis < 3; axis++) {
            out.putFloat(xyz[3 * vertex + axis]);
          }
        }
        out.putShort((short) 0);
      }
      Files.write(folder.resolve(name + ".stl"), out.array());
    }
  },
  GLB {
    @Override
    void write(Path folder, String name, Solid solid, double[] rgb) throws IOException {
      Files.write(folder.resolve(name + ".glb"), Glb.bytes(yUp(solid.xyz()), solid.corners(), rgb));
    }
  };

  /** Writes {@code solid} into {@code folder} under {@code name} and the format's extension. */
  abstract void write(Path folder, String name, Solid solid, double[] rgb) throws IOException;

  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean hasColour() {
    return this != STL;
  }

  private static float[] yUp(float[] zUp) {
    float[] turned = new float[zUp.length];
    for (int i = 0; i < zUp.length; i += 3) {
      turned[i] = zUp[i];
      turned[i + 1] = zUp[i + 2];
      turned[i + 2] = -zUp[i + 1];
    }
    return turned;
  }

  private static String faces(Solid solid, String suffix) {
    StringBuilder out = new StringBuilder();
    int[] corners = solid.corners();
    for (int i = 0; i < corners.length; i += 3) {
      out.append(
          String.format(
              Locale.ROOT, "3 %d %d %d%s\n", corners[i], corners[i + 1], corners[i + 2], suffix));
    }
    return out.toString();
  }

  private static String row(float[] xyz, int at) {
    return decimals(xyz[at]) + " " + decimals(xyz[at + 1]) + " " + decimals(xyz[at + 2]);
  }

  private static String decimals(double value) {
    return String.format(Locale.ROOT, "%.5f", value);
  }

  private static String bytes(double[] rgb) {
    return String.format(
        Locale.ROOT,
        "%d %d %d",
        Math.round(255 * rgb[0]),
        Math.round(255 * rgb[1]),
        Math.round(255 * rgb[2]));
  }

  private static void text(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.US_ASCII);
  }
}
