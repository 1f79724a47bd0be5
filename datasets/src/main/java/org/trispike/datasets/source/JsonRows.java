package org.trispike.datasets.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.BoundedJson;
import org.trispike.datasets.format.Limits;

/** Rows of a JSONL file; a line that is no object of texts is a bad row. */
final class JsonRows {
  private JsonRows() {}

  static void read(
      String file, String text, Limits limits, Consumer<TripletSource.Cells> rows, Reject reject) {
    ObjectMapper mapper = BoundedJson.mapper(limits.jsonDepth());
    long line = 0;
    boolean shapes = false;
    for (String json : text.split("\r?\n", -1)) {
      line++;
      if (json.isBlank()) {
        continue;
      }
      try {
        Map<String, List<String>> cells = cells(mapper.readTree(json));
        shapes |= cells.containsKey("shape");
        rows.accept(new TripletSource.Cells(line, cells));
      } catch (JsonProcessingException e) {
        reject.row(line, "", "The line is no JSON: " + e.getOriginalMessage());
      } catch (IllegalArgumentException e) {
        reject.row(line, "", e.getMessage());
      }
    }
    if (!shapes) {
      throw UserError.data(file + ": no line has the field 'shape'; nothing was written");
    }
  }

  private static Map<String, List<String>> cells(JsonNode node) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("The line is no JSON object");
    }
    Map<String, List<String>> cells = new HashMap<>();
    node.fields()
        .forEachRemaining(
            field ->
                cells.put(
                    field.getKey().toLowerCase(Locale.ROOT),
                    values(field.getKey(), field.getValue())));
    return cells;
  }

  private static List<String> values(String name, JsonNode value) {
    List<String> values = new ArrayList<>();
    for (JsonNode part : value.isArray() ? value : List.of(value)) {
      if (part.isTextual()) {
        // A text may hold several, as in CSV; elements of an array are taken as they are.
        boolean several =
            !value.isArray() && CsvRows.SEVERAL.contains(name.toLowerCase(Locale.ROOT));
        if (several) {
          values.addAll(CsvRows.parts(part.textValue()));
        } else if (!part.textValue().isBlank()) {
          values.add(part.textValue().strip());
        }
      } else if (!part.isNull() && TripletSource.KNOWN.contains(name)) {
        throw new IllegalArgumentException("The field '" + name + "' is no text");
      }
    }
    return values;
  }
}
