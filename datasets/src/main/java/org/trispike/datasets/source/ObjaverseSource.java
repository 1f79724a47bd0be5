package org.trispike.datasets.source;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.ShapeReader;

/**
 * Objaverse: GLB files anywhere below the root, named by their uid, as its downloader leaves them
 * ({@code glbs/000-023/UID.glb}); and, as {@code data.triplets}, Cap3D's captions, a CSV without a
 * header of uid and caption. A shape without a caption is a row without a text.
 */
final class ObjaverseSource {
  private ObjaverseSource() {}

  static InputTable read(Configuration conf, Collection collection) {
    FileListing listing = FileListing.of(conf, collection.root());
    Map<String, String> captions =
        collection.list().isEmpty()
            ? Map.of()
            : captions(
                collection.list(), TextFiles.read(conf, collection.list(), collection.limits()));
    List<InputRow> rows = new ArrayList<>();
    Map<String, String> pathOfUid = new HashMap<>();
    List<BadRow> bad = new ArrayList<>();
    long line = 0;
    for (String path : listing.sizes().keySet()) {
      if (!ShapeReader.extension(path).equals("glb")) {
        continue;
      }
      line++;
      String uid = path.substring(path.lastIndexOf('/') + 1, path.lastIndexOf('.'));
      String former = pathOfUid.putIfAbsent(uid, path);
      if (former != null) {
        String message = "The same uid is the name of " + former;
        bad.add(new BadRow(path, line, uid, TripletSource.BAD_ROW, message));
        continue;
      }
      String caption = captions.getOrDefault(uid, "");
      rows.add(
          new InputRow(
              line,
              uid,
              path,
              List.of(),
              caption.isEmpty() ? List.of() : List.of(caption),
              "",
              collection.splits().split(uid),
              "",
              ""));
    }
    if (rows.isEmpty()) {
      throw listing.holdsNo(".glb file");
    }
    return new InputTable(collection.name(), listing.sha256(), rows, bad);
  }

  /** Captions by uid, of the text of a CSV. */
  static Map<String, String> captions(String file, String text) {
    CsvParserSettings settings = new CsvParserSettings();
    settings.setLineSeparatorDetectionEnabled(true);
    settings.setReadInputOnSeparateThread(false); // it is in memory
    settings.setInputBufferSize(CsvRows.bufferSize(text.length()));
    settings.setMaxCharsPerColumn(-1);
    settings.setCommentProcessingEnabled(false);
    CsvParser parser = new CsvParser(settings);
    Map<String, String> captions = new HashMap<>();
    try {
      for (String[] row : parser.iterate(new StringReader(text))) {
        if (row.length >= 2 && row[0] != null && row[1] != null) {
          captions.put(row[0].strip(), row[1].strip());
        }
      }
    } catch (RuntimeException e) {
      throw new UserError(
          UserError.Kind.DATA, file + " is no CSV of uid and caption; nothing was done", e);
    }
    if (captions.isEmpty()) {
      throw UserError.data(file + " has no line of uid and caption; nothing was done");
    }
    return captions;
  }
}
