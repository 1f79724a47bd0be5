package org.trispike.datasets.teacher.onnx;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * CLIP's byte-pair encoding over its own list of merges, as its paper and its users describe it:
 * bytes as printable characters, of all pairs always the one that was merged first.
 */
final class NaiveBpe {
  private static final Pattern PIECES =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+",
          Pattern.UNICODE_CHARACTER_CLASS);
  private static final int MERGES = 49_152 - 256 - 2;

  private final Map<String, Integer> ranks = new HashMap<>();
  private final Map<String, Long> vocabulary = new HashMap<>();
  private final String[] characters = characters();

  NaiveBpe(Path vocabularyFile) throws IOException {
    List<Integer> order = new ArrayList<>();
    for (int b = 0; b < 256; b++) {
      if (printable(b)) {
        order.add(b);
      }
    }
    for (int b = 0; b < 256; b++) {
      if (!printable(b)) {
        order.add(b);
      }
    }
    order.forEach(b -> vocabulary.put(characters[b], (long) vocabulary.size()));
    order.forEach(b -> vocabulary.put(characters[b] + "</w>", (long) vocabulary.size()));
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(vocabularyFile)),
                StandardCharsets.UTF_8))) {
      lines.readLine();
      for (int i = 0; i < MERGES; i++) {
        String pair = lines.readLine();
        ranks.put(pair, i);
        vocabulary.put(pair.replace(" ", ""), (long) vocabulary.size());
      }
    }
  }

  List<Long> encode(String text, int length) {
    List<Long> ids = new ArrayList<>(List.of(49_406L));
    String clean = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    Matcher pieces = PIECES.matcher(clean);
    while (pieces.find()) {
      for (String part : merged(pieces.group())) {
        ids.add(vocabulary.get(part));
      }
    }
    List<Long> kept = new ArrayList<>(ids.subList(0, Math.min(ids.size(), length - 1)));
    kept.add(49_407L);
    return kept;
  }

  private List<String> merged(String piece) {
    List<String> parts = new ArrayList<>();
    for (byte b : piece.getBytes(StandardCharsets.UTF_8)) {
      parts.add(characters[b & 255]);
    }
    parts.set(parts.size() - 1, parts.get(parts.size() - 1) + "</w>");
    while (true) {
      String best = null;
      for (int i = 0; i + 1 < parts.size(); i++) {
        String pair = parts.get(i) + " " + parts.get(i + 1);
        if (ranks.containsKey(pair) && (best == null || ranks.get(pair) < ranks.get(best))) {
          best = pair;
        }
      }
      if (best == null) {
        return parts;
      }
      for (int i = 0; i + 1 < parts.size(); i++) {
        if ((parts.get(i) + " " + parts.get(i + 1)).equals(best)) {
          parts.set(i, parts.get(i) + parts.remove(i + 1));
        }
      }
    }
  }

  private static boolean printable(int b) {
    return b >= '!' && b <= '~' || b >= 0xA1 && b <= 0xAC || b >= 0xAE;
  }

  private static String[] characters() {
    String[] characters = new String[256];
    int other = 256;
    for (int b = 0; b < 256; b++) {
      characters[b] = String.valueOf((char) (printable(b) ? b : other++));
    }
    return characters;
  }
}
