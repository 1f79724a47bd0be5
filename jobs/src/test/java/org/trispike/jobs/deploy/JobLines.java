package org.trispike.jobs.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds Trispike's job lines in files of any kind, by one convention: a list of words in double
 * quotes between brackets, which JSON, YAML and Python share, holds one from its first word that is
 * a verb on; and what follows {@code " -- "} in a command that names submit, to the end of the line
 * or of the lines that it goes on in, is one.
 */
final class JobLines {
  private static final List<String> VERBS =
      List.of("run", "shard", "embed", "pretrain", "reparameterize", "evaluate", "doctor");
  private static final Pattern LIST =
      Pattern.compile("\\[\\s*\"[^\"]*\"(?:\\s*,\\s*\"[^\"]*\")*\\s*]");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern COMMAND =
      Pattern.compile("submit\\b(?:\\\\\\n|[^\\n])*? -- ([a-z](?:\\\\\\n|[^\\n`])*)");
  private static final Pattern ARGUMENT = Pattern.compile("'([^']*)'|(\\S+)");

  private JobLines() {}

  static List<List<String>> of(Path file) throws IOException {
    String text = Files.readString(file);
    List<List<String>> lines = new ArrayList<>();
    LIST.matcher(text).results().forEach(list -> add(words(WORD, list.group()), lines));
    if (!file.toString().endsWith(".py")) {
      for (Matcher command = COMMAND.matcher(text); command.find(); ) {
        String line = command.group(1).replaceAll("\\\\\\n", " ").replaceAll("[|&>#].*", "");
        add(words(ARGUMENT, line), lines);
      }
    }
    return lines;
  }

  private static List<String> words(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(word -> word.group(1) != null ? word.group(1) : word.group(2))
        .toList();
  }

  private static void add(List<String> words, List<List<String>> lines) {
    Stream.iterate(0, i -> i < words.size(), i -> i + 1)
        .filter(i -> VERBS.contains(words.get(i)))
        .findFirst()
        .ifPresent(first -> lines.add(words.subList(first, words.size())));
  }
}
