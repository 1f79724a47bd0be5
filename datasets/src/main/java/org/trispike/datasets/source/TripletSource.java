package org.trispike.datasets.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Limits;
import org.trispike.kernels.io.Sha256;

/**
 * Reads a list of shapes: a CSV file (RFC 4180, UTF-8, a byte order mark is fine) with a header, or
 * a JSONL file with an object a line. Columns or fields: {@code shape}; and, where they are wanted,
 * {@code images}, {@code text}, {@code category}, {@code split}, {@code id}, {@code
 * image_embedding}, {@code text_embedding}. Several images, or several texts, stand between
 * semicolons, or in a JSON array.
 */
public final class TripletSource {
  static final String BAD_ROW = "BAD_ROW";
  static final Set<String> KNOWN =
      Set.of(
          "shape",
          "images",
          "text",
          "texts",
          "category",
          "split",
          "id",
          "image_embedding",
          "text_embedding");

  private final String file;
  private final SplitRule splits;
  private final List<InputRow> rows = new ArrayList<>();
  private final List<BadRow> bad = new ArrayList<>();
  private final Map<String, Long> lineOfId = new HashMap<>();

  private TripletSource(String file, SplitRule splits) {
    this.file = file;
    this.splits = splits;
  }

  /**
   * Reads the whole list.
   *
   * @throws UserError if it is missing, too large, not CSV, or lacks the columns
   */
  public static InputTable read(Configuration conf, String file, SplitRule splits, Limits limits) {
    if (file.isBlank()) {
      throw UserError.usage("data.triplets is not set: name the CSV or JSONL file of the shapes");
    }
    return parse(file, TextFiles.bytes(conf, file, limits), splits, limits);
  }

  /** The list that these bytes are. */
  static InputTable parse(String file, byte[] bytes, SplitRule splits, Limits limits) {
    String text = TextFiles.repaired(bytes);
    TripletSource source = new TripletSource(file, splits);
    String name = file.toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      CsvRows.read(file, text, source::add, source::reject);
    } else if (name.endsWith(".jsonl")) {
      JsonRows.read(file, text, limits, source::add, source::reject);
    } else {
      throw UserError.usage(
          "data.triplets is a .csv or a .jsonl file; '" + file + "' is neither by its name");
    }
    if (source.rows.isEmpty() && source.bad.isEmpty()) {
      throw UserError.data(file + " has no rows");
    }
    return new InputTable(file, Sha256.of(bytes), source.rows, source.bad);
  }

  /** The values of a row by their lower-case names; a missing value is an empty list. */
  record Cells(long line, Map<String, List<String>> values) {
    List<String> all(String name) {
      return values.getOrDefault(name, List.of());
    }

    boolean hold(String part) {
      return values.values().stream().flatMap(List::stream).anyMatch(text -> text.contains(part));
    }

    String one(String name) {
      List<String> all = all(name);
      return all.isEmpty() ? "" : all.get(0);
    }
  }

  private void add(Cells cells) {
    String shape = cells.one("shape");
    String id = cells.one("id").isEmpty() ? shape : cells.one("id");
    if (cells.hold(TextFiles.REPLACEMENT)) {
      reject(cells.line(), id, "It is not UTF-8; save the list as UTF-8");
      return;
    }
    if (shape.isEmpty()) {
      reject(cells.line(), id, "The row names no shape");
      return;
    }
    Long former = lineOfId.putIfAbsent(id, cells.line());
    if (former != null) {
      reject(
          cells.line(),
          id,
          "The id (the shape's path, where there is no column 'id') stands in line " + former);
      return;
    }
    String word = cells.one("split");
    Optional<Split> split = word.isEmpty() ? Optional.of(splits.split(id)) : Split.of(word);
    if (split.isEmpty()) {
      reject(cells.line(), id, "'" + word + "' is no split; train, validation and test are");
      return;
    }
    List<String> texts = cells.all("text").isEmpty() ? cells.all("texts") : cells.all("text");
    rows.add(
        new InputRow(
            cells.line(),
            id,
            shape,
            cells.all("images"),
            texts,
            cells.one("category"),
            split.get(),
            cells.one("image_embedding"),
            cells.one("text_embedding")));
  }

  private void reject(long line, String id, String message) {
    bad.add(new BadRow(file, line, id, BAD_ROW, message));
  }
}
