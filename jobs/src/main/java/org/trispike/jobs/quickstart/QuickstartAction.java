package org.trispike.jobs.quickstart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.trispike.datasets.UserError;
import org.trispike.kernels.KeyedRandom;

/**
 * Generates the shapes of the first run: mesh files of five formats, {@code triplets.csv} and
 * {@code classes.json}. A function of its configuration: the same settings give the same bytes.
 */
public final class QuickstartAction {
  private static final String[] TEMPLATES = {
    "%s %s", "%s %s.", "a 3D model of %s %s", "the shape of %s %s"
  };

  private final QuickstartConfig config;
  private final Path folder;

  /**
   * @param folder made if it is not there; files of the same names are written over
   */
  public QuickstartAction(QuickstartConfig config, Path folder) {
    this.config = config;
    this.folder = folder;
  }

  /**
   * @throws UserError if the folder cannot be written
   */
  public QuickstartResult run() {
    try {
      Files.createDirectories(folder.resolve("meshes"));
      StringBuilder rows = new StringBuilder("shape,text,category,split\n");
      for (Kind kind : Kind.values()) {
        for (int i = 0; i < config.shapesPerKind(); i++) {
          rows.append(shape(kind, i));
        }
      }
      Path triplets = folder.resolve("triplets.csv");
      Path classes = folder.resolve("classes.json");
      Files.writeString(triplets, rows, StandardCharsets.UTF_8);
      Files.writeString(classes, classes(), StandardCharsets.UTF_8);
      int kinds = Kind.values().length;
      return new QuickstartResult(triplets, classes, kinds, kinds * config.shapesPerKind());
    } catch (IOException e) {
      throw UserError.environment("Cannot write shapes to " + folder + ": " + e.getMessage(), e);
    }
  }

  private String shape(Kind kind, int index) throws IOException {
    KeyedRandom random = KeyedRandom.of(config.seed(), kind.ordinal(), index);
    Solid solid = kind.make(random);
    solid.pose(random.uniform(0, 2 * Math.PI), random.uniform(0.5, 2));
    Paint paint = Paint.values()[random.nextInt(Paint.values().length)];
    // Shifted from round to round, so that no format falls together with a split.
    int formats = MeshFormat.values().length;
    MeshFormat format = MeshFormat.values()[(index + index / formats) % formats];
    String category = kind.names().get(0);
    String name = String.format(Locale.ROOT, "%s-%03d", category, index);
    format.write(folder.resolve("meshes"), name, solid, paint.draw(random));
    String noun = kind.names().get(random.nextInt(kind.names().size()));
    String colour = format.hasColour() ? paint.worded() : "a plain";
    String text =
        String.format(Locale.ROOT, TEMPLATES[random.nextInt(TEMPLATES.length)], colour, noun);
    return "meshes/%s.%s,%s,%s,%s\n"
        .formatted(name, format.extension(), text, category, split(index));
  }

  /** Spreads the shapes that validate evenly over the sequence of a kind. */
  private String split(int index) {
    double share = config.validationFraction();
    boolean validates = Math.floor((index + 1) * share) > Math.floor(index * share);
    return validates ? "validation" : "train";
  }

  private static String classes() {
    return Arrays.stream(Kind.values())
        .map(
            kind ->
                kind.names().stream()
                    .map(name -> '"' + name + '"')
                    .collect(Collectors.joining(", ", "  \"" + kind.names().get(0) + "\": [", "]")))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }
}
