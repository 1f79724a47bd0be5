package org.trispike.datasets.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.MessageType;
import org.trispike.datasets.Split;

/**
 * The rows of one row group. Columns are read whole, one after the other, which spares Parquet's
 * state machine of records; a row is then what its columns say at its index.
 */
final class RowGroupDecoder {
  private final int rows;
  private final ShardFormat format;
  private final Set<Column> columns;

  /** For each leaf, for each row: its values (one or none where the field is no list). */
  private final Map<String, List<List<Binary>>> leaves = new TreeMap<>();

  RowGroupDecoder(
      PageReadStore pages,
      MessageType schema,
      String createdBy,
      ShardFormat format,
      Set<Column> columns) {
    this.rows = Math.toIntExact(pages.getRowCount());
    this.format = format;
    this.columns = columns;
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new NoConverter(), schema, createdBy);
    for (ColumnDescriptor column : schema.getColumns()) {
      leaves.put(String.join(".", column.getPath()), values(store.getColumnReader(column), column));
    }
  }

  private List<List<Binary>> values(ColumnReader reader, ColumnDescriptor column) {
    List<List<Binary>> values = new ArrayList<>(rows);
    for (long i = 0; i < reader.getTotalValueCount(); i++) {
      if (reader.getCurrentRepetitionLevel() == 0) {
        values.add(new ArrayList<>(1));
      }
      if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        values.get(values.size() - 1).add(reader.getBinary());
      }
      reader.consume();
    }
    if (values.size() != rows) {
      throw new IllegalStateException(
          "Column " + column + " has " + values.size() + " rows, its group " + rows);
    }
    return values;
  }

  List<Triplet> triplets() {
    List<Triplet> triplets = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      triplets.add(triplet(row));
    }
    return triplets;
  }

  private Triplet triplet(int row) {
    String split = text(ShardSchema.SPLIT, row);
    return new Triplet(
        text(ShardSchema.ID, row),
        text(ShardSchema.SOURCE, row),
        text(ShardSchema.CATEGORY, row),
        Split.of(split).orElseThrow(() -> new IllegalStateException("Unknown split " + split)),
        columns.contains(Column.POINTS)
            ? Optional.of(format.points().unpack(one(ShardSchema.POINTS, row).toByteBuffer()))
            : Optional.empty(),
        images(row),
        pairs(ShardSchema.TEXTS, "text", "source", row, Caption::new),
        vectors(Column.IMAGE_EMBEDDINGS, ShardSchema.IMAGE_EMBEDDINGS, row),
        vectors(Column.TEXT_EMBEDDINGS, ShardSchema.TEXT_EMBEDDINGS, row),
        columns.contains(Column.FILES)
            ? pairs(ShardSchema.FILES, "path", "sha256", row, SourceFile::new)
            : List.of());
  }

  private List<EncodedImage> images(int row) {
    List<Binary> views = element(ShardSchema.IMAGES, "view", row);
    List<EncodedImage> images = new ArrayList<>(views.size());
    for (int i = 0; i < views.size(); i++) {
      byte[] bytes =
          columns.contains(Column.IMAGES)
              ? element(ShardSchema.IMAGES, "bytes", row).get(i).getBytes()
              : new byte[0];
      images.add(new EncodedImage(views.get(i).toStringUsingUTF8(), bytes));
    }
    return images;
  }

  private List<float[]> vectors(Column column, String field, int row) {
    if (!columns.contains(column) || leaves.get(field).get(row).isEmpty()) {
      return List.of();
    }
    TeacherInfo teacher =
        format
            .teacher()
            .orElseThrow(() -> new IllegalStateException("Vectors in a shard without teacher"));
    return teacher.precision().unpack(one(field, row).getBytes(), teacher.dimension());
  }

  private <T> List<T> pairs(
      String field, String first, String second, int row, BiFunction<String, String, T> make) {
    List<Binary> firsts = element(field, first, row);
    List<Binary> seconds = element(field, second, row);
    List<T> pairs = new ArrayList<>(firsts.size());
    for (int i = 0; i < firsts.size(); i++) {
      pairs.add(make.apply(firsts.get(i).toStringUsingUTF8(), seconds.get(i).toStringUsingUTF8()));
    }
    return pairs;
  }

  private List<Binary> element(String field, String name, int row) {
    return leaves.get(field + ".list.element." + name).get(row);
  }

  private Binary one(String field, int row) {
    return leaves.get(field).get(row).get(0);
  }

  private String text(String field, int row) {
    return one(field, row).toStringUsingUTF8();
  }

  /** Parquet's column store wants a tree of converters, which reading by column never calls. */
  private static final class NoConverter extends GroupConverter {
    @Override
    public Converter getConverter(int field) {
      return new NoGroupOrValue();
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }

  private static final class NoGroupOrValue extends PrimitiveConverter {
    @Override
    public GroupConverter asGroupConverter() {
      return new NoConverter();
    }
  }
}
