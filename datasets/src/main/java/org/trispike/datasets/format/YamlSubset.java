package org.trispike.datasets.format;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the part of YAML in which data sets describe their classes: nested mappings, lists of words
 * in lines of their own or in brackets, and comments. All words become texts, quoted or not. Tags,
 * anchors, references and whatever else YAML can do are refused, so that a file describes data
 * alone.
 */
public final class YamlSubset {
  private static final String BEYOND = "&*!|>{%@`";

  /** A line without its indentation and comment. */
  private record Row(int indent, String text, TextLine line) {
    boolean item() {
      return text.equals("-") || text.startsWith("- ");
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final int mostDepth;
  private int at;

  private YamlSubset(Source source) throws CorruptInputException {
    mostDepth = source.limits().jsonDepth();
    for (TextLine line : TextLine.read(source)) {
      String text = withoutComment(line.text());
      String words = text.strip();
      if (!words.isEmpty() && !(rows.isEmpty() && words.equals("---"))) {
        int indent = text.indexOf(words);
        line.check(text.lastIndexOf('\t', indent) < 0, "It is indented by tabs");
        rows.add(new Row(indent, words, line));
      }
    }
    source.check(!rows.isEmpty(), Reason.EMPTY, "It says nothing");
  }

  /** The mapping that a file is. */
  public static ObjectNode read(Source source) throws CorruptInputException {
    YamlSubset yaml = new YamlSubset(source);
    ObjectNode root = yaml.mapping(yaml.rows.get(0).indent, 1);
    if (yaml.at < yaml.rows.size()) {
      yaml.rows.get(yaml.at).line.check(false, "Its indentation fits nothing above it");
    }
    return root;
  }

  private ObjectNode mapping(int indent, int depth) throws CorruptInputException {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    while (at < rows.size() && rows.get(at).indent == indent && !rows.get(at).item()) {
      Row row = rows.get(at++);
      TextLine line = row.line;
      if (depth > mostDepth) {
        throw line.fault(Reason.TOO_LARGE, "It is nested deeper than %s", mostDepth);
      }
      int colon = colon(row.text);
      line.check(colon > 0, "'%s' is no 'key: value'", Source.brief(row.text));
      String key = word(line, row.text.substring(0, colon).strip());
      line.check(!node.has(key), "'%s' stands there twice", Source.brief(key));
      String value = row.text.substring(colon + 1).strip();
      Row next = at < rows.size() ? rows.get(at) : new Row(-1, "", line);
      if (value.startsWith("[")) {
        node.set(key, bracketed(line, value));
      } else if (!value.isEmpty()) {
        node.put(key, word(line, value));
      } else if (next.item() && next.indent >= indent) {
        node.set(key, items(next.indent));
      } else if (next.indent > indent) {
        node.set(key, mapping(next.indent, depth + 1));
      } else {
        node.put(key, "");
      }
    }
    return node;
  }

  private ArrayNode items(int indent) throws CorruptInputException {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    while (at < rows.size() && rows.get(at).indent == indent && rows.get(at).item()) {
      Row row = rows.get(at++);
      list.add(word(row.line, row.text.substring(1).strip()));
    }
    return list;
  }

  private static ArrayNode bracketed(TextLine line, String value) throws CorruptInputException {
    line.check(value.endsWith("]"), "A list is not closed in its line");
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    String inner = value.substring(1, value.length() - 1).strip();
    int start = 0;
    char quote = 0;
    for (int i = 0; i <= inner.length() && !inner.isEmpty(); i++) {
      char c = i < inner.length() ? inner.charAt(i) : ',';
      if (i == inner.length() || (c == ',' && quote == 0)) {
        list.add(word(line, inner.substring(start, i).strip()));
        start = i + 1;
      } else {
        quote = quoteAfter(quote, c);
      }
    }
    return list;
  }

  private static String word(TextLine line, String text) throws CorruptInputException {
    char first = text.isEmpty() ? ' ' : text.charAt(0);
    boolean plain = BEYOND.indexOf(first) < 0 && first != '[' && first != ']';
    if (first == '"' || first == '\'') {
      boolean whole = text.length() > 1 && text.indexOf(first, 1) == text.length() - 1;
      line.check(whole && text.indexOf('\\') < 0, "%s is no quoted word", Source.brief(text));
      return text.substring(1, text.length() - 1);
    }
    if (!plain || text.isEmpty() || colon(text) >= 0) {
      throw line.fault(
          Reason.UNSUPPORTED, "'%s' is YAML beyond mappings and lists", Source.brief(text));
    }
    return text;
  }

  /** Where the colon behind a key stands; −1 if there is none. */
  private static int colon(String text) {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean ends = i + 1 == text.length() || Character.isWhitespace(text.charAt(i + 1));
      if (c == ':' && ends && quote == 0) {
        return i;
      }
      quote = quoteAfter(quote, c);
    }
    return -1;
  }

  private static String withoutComment(String text) {
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean begins = i == 0 || Character.isWhitespace(text.charAt(i - 1));
      if (c == '#' && begins && quote == 0) {
        return text.substring(0, i);
      }
      quote = quoteAfter(quote, c);
    }
    return text;
  }

  private static char quoteAfter(char quote, char c) {
    boolean mark = c == '"' || c == '\'';
    return !mark ? quote : quote == 0 ? c : quote == c ? 0 : quote;
  }
}
