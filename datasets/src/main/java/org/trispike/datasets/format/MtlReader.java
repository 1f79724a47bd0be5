package org.trispike.datasets.format;

import java.util.Map;
import org.trispike.datasets.geometry.Look;

/** Reads the diffuse colours and textures of the materials in an MTL file. */
final class MtlReader {
  /** What a material without Kd has. */
  private static final ObjMaterial GREY = new ObjMaterial(Look.GREY, Look.GREY, Look.GREY, null);

  private final Source source;
  private final TextScanner in;

  private MtlReader(Source source) throws CorruptInputException {
    this.source = source;
    this.in = new TextScanner(source, source.bytes(), 0, false);
  }

  /** Adds its materials; the first of a name stays. */
  static void read(Source source, Map<String, ObjMaterial> materials) throws CorruptInputException {
    new MtlReader(source).read(materials);
  }

  private void read(Map<String, ObjMaterial> materials) throws CorruptInputException {
    String name = null;
    ObjMaterial material = GREY;
    for (; in.more(); in.nextLine()) {
      if (in.skipWord("newmtl")) {
        keep(materials, name, material);
        name = in.restOfLine();
        material = GREY;
      } else if (in.skipWord("kd")) {
        material = color(material);
      } else if (in.skipWord("map_kd")) {
        material = material.withPicture(picture());
      }
    }
    keep(materials, name, material);
  }

  private static void keep(Map<String, ObjMaterial> materials, String name, ObjMaterial material) {
    if (name != null) {
      materials.putIfAbsent(name, material);
    }
  }

  private ObjMaterial color(ObjMaterial material) throws CorruptInputException {
    float[] rgb = new float[3];
    int count = 0;
    if (in.moreOnLine() && (in.skipWord("spectral") || in.skipWord("xyz"))) {
      return material;
    }
    while (count < 3 && in.moreOnLine() && in.peek() != '#') {
      float value = in.number();
      rgb[count++] = Float.isNaN(value) ? Look.GREY : Math.max(0, Math.min(1, value));
    }
    if (count == 0) {
      throw source.bad(Reason.BAD_ROW, "Line %s: a colour without numbers", in.line());
    }
    // The format lets a single number stand for all three.
    return material.withColor(rgb[0], count > 1 ? rgb[1] : rgb[0], count > 2 ? rgb[2] : rgb[0]);
  }

  /** The path of the picture, or null if it is none below the root: as good as missing. */
  private String picture() throws CorruptInputException {
    skipOptions();
    String reference = in.restOfLine();
    try {
      return source.sibling(reference);
    } catch (CorruptInputException e) {
      return null; // such as C:\textures\a.png of the machine that wrote it
    }
  }

  private void skipOptions() throws CorruptInputException {
    while (in.moreOnLine() && in.peek() == '-') {
      String option = in.word();
      int values =
          switch (option) {
            case "-mm" -> 2;
            case "-o", "-s", "-t" -> 3;
            default -> 1;
          };
      boolean numbers = values == 3; // one to three of them
      for (int i = 0; i < values && in.moreOnLine(); i++) {
        if (numbers && i > 0 && !in.atNumber()) {
          break;
        }
        in.word();
      }
    }
  }
}
