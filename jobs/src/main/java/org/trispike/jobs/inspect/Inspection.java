package org.trispike.jobs.inspect;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.PlyWriter;
import org.trispike.datasets.geometry.PointCloud;

/**
 * Gathers lines about what is looked at and, where a folder was named, writes clouds and pictures.
 */
final class Inspection {
  private final Optional<Path> out;
  private final List<String> lines = new ArrayList<>();

  Inspection(Optional<Path> out) {
    this.out = out;
  }

  void line(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** Whether there is a folder to write to. */
  boolean exports() {
    return out.isPresent();
  }

  void cloud(String name, PointCloud cloud) {
    write(name + ".ply", PlyWriter.write(cloud));
  }

  void picture(String name, BufferedImage image) {
    write(name + ".png", Images.png(image));
  }

  /**
   * Writes a file; what a name from the data holds besides letters, digits and dots is replaced.
   */
  void write(String name, byte[] bytes) {
    if (out.isEmpty()) {
      return;
    }
    String safe = name.replaceAll("[^A-Za-z0-9._-]+", "_").replaceAll("^[._]+", "");
    Path file = out.get().resolve(safe.substring(Math.max(0, safe.length() - 200)));
    try {
      Files.createDirectories(out.get());
      Files.write(file, bytes);
    } catch (IOException e) {
      throw UserError.environment("Cannot write " + file + ": " + e.getMessage(), e);
    }
    line("  wrote %s", file);
  }
}
