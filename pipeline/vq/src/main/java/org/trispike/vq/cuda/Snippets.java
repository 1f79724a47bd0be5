package org.trispike.vq.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The parts of kernels that stand beside this class. */
final class Snippets {
  private Snippets() {}

  static String read(String name) {
    try (InputStream in = Snippets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("There is no " + name + " beside " + Snippets.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(List<String> names) {
    return names.stream().map(Snippets::read).collect(Collectors.joining("\n"));
  }
}
