package org.trispike.datasets.source;

import com.univocity.parsers.common.TextParsingException;
import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import com.univocity.parsers.csv.UnescapedQuoteHandling;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.trispike.datasets.UserError;

/** Rows of a CSV file. */
final class CsvRows {
  static final List<String> SEVERAL = List.of("images", "text", "texts");

  private CsvRows() {}

  static void read(String file, String text, Consumer<TripletSource.Cells> rows, Reject reject) {
    if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
      throw UserError.data(
          file + ": this is no CSV, one of its quotes is never closed. Nothing was written");
    }
    CsvParser parser = new CsvParser(settings(text.length()));
    try {
      // Line ends of one kind, so that those within quotes count as lines, too.
      parser.beginParsing(new StringReader(text.replace("\r\n", "\n")));
      String[] header = parser.parseNext();
      List<String> names = header(file, header);
      for (String[] row = parser.parseNext(); row != null; row = parser.parseNext()) {
        long line = parser.getContext().currentLine();
        if (row.length > names.size()) {
          reject.row(
              line,
              row[Math.max(0, names.indexOf("shape"))],
              "The row has "
                  + row.length
                  + " values, the header "
                  + names.size()
                  + "; quote values that contain commas");
          continue;
        }
        rows.accept(new TripletSource.Cells(line, cells(names, row)));
      }
    } catch (TextParsingException e) {
      throw new UserError(
          UserError.Kind.DATA,
          file
              + ", line "
              + (e.getLineIndex() + 1)
              + ": this is no CSV (an open or stray quote, or a value above a million characters)."
              + " Nothing was written",
          e);
    } finally {
      parser.stopParsing();
    }
  }

  private static CsvParserSettings settings(int characters) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setReadInputOnSeparateThread(false); // it is in memory
    settings.setInputBufferSize(bufferSize(characters));
    settings.setMaxCharsPerColumn(
        -1); // it is in memory; a limit here would end the file, not the row
    settings.setMaxColumns(1000);
    settings.setNullValue("");
    settings.setEmptyValue("");
    settings.setUnescapedQuoteHandling(UnescapedQuoteHandling.RAISE_ERROR);
    // '#' begins no comment: it may begin a path.
    settings.setCommentProcessingEnabled(false);
    return settings;
  }

  /**
   * For so many characters in memory; clearing a longer buffer would take longer than a short list
   * does.
   */
  static int bufferSize(int characters) {
    return Math.min(1 << 16, characters + 1);
  }

  private static List<String> header(String file, String[] header) {
    List<String> names = new ArrayList<>();
    for (String name : header == null ? new String[0] : header) {
      names.add(name.strip().toLowerCase(Locale.ROOT));
    }
    if (!names.contains("shape")) {
      throw UserError.data(
          file
              + ", line 1: the header lacks the column 'shape'; it has "
              + names
              + ". Expected are shape and, as wanted, images, text, category, split, id. Nothing"
              + " was written");
    }
    return names;
  }

  private static Map<String, List<String>> cells(List<String> names, String[] row) {
    Map<String, List<String>> cells = new HashMap<>();
    for (int i = 0; i < row.length; i++) {
      String name = names.get(i);
      List<String> values = SEVERAL.contains(name) ? parts(row[i]) : List.of(row[i].strip());
      cells.put(name, values);
    }
    return cells;
  }

  static List<String> parts(String cell) {
    return Arrays.stream(cell.split(";")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
