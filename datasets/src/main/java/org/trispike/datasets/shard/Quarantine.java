package org.trispike.datasets.shard;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.trispike.datasets.UserError;
import org.trispike.datasets.source.BadRow;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;

/** The table of rows that were left out: {@code quarantine/quarantine.parquet}. */
public final class Quarantine {
  /** The folder in its dataset. */
  public static final String FOLDER = "quarantine";

  private static final String FILE = FOLDER + "/quarantine.parquet";
  private static final long ROW_GROUP_BYTES = 1 << 22;
  private static final MessageType SCHEMA =
      new MessageType(
          "quarantine",
          Types.required(BINARY).as(stringType()).named("file"),
          Types.required(INT64).named("row"),
          Types.required(BINARY).as(stringType()).named("id"),
          Types.required(BINARY).as(stringType()).named("reason"),
          Types.required(BINARY).as(stringType()).named("message"));

  private Quarantine() {}

  /** Rows by reason code. */
  public static SortedMap<String, Long> counts(List<BadRow> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(BadRow::reason, TreeMap::new, Collectors.counting()));
  }

  /** Writes the table, in the order of the input's lines. */
  public static void write(ArtefactFolder folder, List<BadRow> rows) throws IOException {
    List<BadRow> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparingLong(BadRow::line).thenComparing(BadRow::file));
    try (NewFile file = folder.create(FILE)) {
      write(sorted, file.stream());
      file.commit();
    }
  }

  private static void write(List<BadRow> rows, OutputStream out) throws IOException {
    HashingOutput output = new HashingOutput(out);
    output.holdBack();
    try (ParquetWriter<Group> writer =
        ShardWriter.configure(
                ExampleParquetWriter.builder(output).withType(SCHEMA), ROW_GROUP_BYTES)
            .build()) {
      for (BadRow row : rows) {
        SimpleGroup group = new SimpleGroup(SCHEMA);
        group.add("file", row.file());
        group.add("row", row.line());
        group.add("id", row.id());
        group.add("reason", row.reason());
        group.add("message", row.message());
        writer.write(group);
      }
    }
  }

  /** The table of a dataset; empty if it has none. */
  public static List<BadRow> read(Configuration conf, String dataset) {
    Path path = new Path(new Path(dataset), FILE);
    List<BadRow> rows = new ArrayList<>();
    try {
      if (!path.getFileSystem(conf).exists(path)) {
        return rows;
      }
      Configuration checked = new Configuration(conf);
      checked.setBoolean("parquet.page.verify-checksum.enabled", true);
      try (ParquetReader<Group> reader =
          ParquetReader.builder(new GroupReadSupport(), path).withConf(checked).build()) {
        for (Group g = reader.read(); g != null; g = reader.read()) {
          rows.add(
              new BadRow(
                  g.getString("file", 0),
                  g.getLong("row", 0),
                  g.getString("id", 0),
                  g.getString("reason", 0),
                  g.getString("message", 0)));
        }
      }
      return rows;
    } catch (IOException | RuntimeException e) {
      throw new UserError(UserError.Kind.DATA, path + " cannot be read: " + e.getMessage(), e);
    }
  }
}
