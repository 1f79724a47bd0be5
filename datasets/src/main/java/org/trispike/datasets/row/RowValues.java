package org.trispike.datasets.row;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
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
 * The values of one row group. Columns are read whole, one after the other, which spares Parquet's
 * state machine of records; a row is then what its columns say at its index.
 */
public final class RowValues {
  private final int rows;

  /** For each leaf, for each row: its values (one or none where the field is no list). */
  private final Map<String, List<List<Object>>> leaves = new TreeMap<>();

  public RowValues(PageReadStore pages, MessageType schema, String createdBy) {
    this.rows = Math.toIntExact(pages.getRowCount());
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new NoConverter(), schema, createdBy);
    for (ColumnDescriptor column : schema.getColumns()) {
      leaves.put(String.join(".", column.getPath()), values(store.getColumnReader(column), column));
    }
  }

  private List<List<Object>> values(ColumnReader reader, ColumnDescriptor column) {
    List<List<Object>> values = new ArrayList<>(rows);
    for (long i = 0; i < reader.getTotalValueCount(); i++) {
      if (reader.getCurrentRepetitionLevel() == 0) {
        values.add(new ArrayList<>(1));
      }
      if (reader.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        values.get(values.size() - 1).add(value(reader, column));
      }
      reader.consume();
    }
    if (values.size() != rows) {
      throw new IllegalStateException(
          "Column " + column + " has " + values.size() + " rows, its group " + rows);
    }
    return values;
  }

  private static Object value(ColumnReader reader, ColumnDescriptor column) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case BINARY -> reader.getBinary();
      case INT32 -> reader.getInteger();
      case INT64 -> reader.getLong();
      case DOUBLE -> reader.getDouble();
      default -> throw new IllegalStateException("Column " + column + " is of an unknown type");
    };
  }

  public int rows() {
    return rows;
  }

  Split split(int row) {
    String word = text(Fields.SPLIT, row);
    return Split.of(word).orElseThrow(() -> new IllegalStateException("Unknown split " + word));
  }

  List<SourceFile> files(int row) {
    return list(Fields.FILES, row, file -> new SourceFile(file.text("path"), file.text("sha256")));
  }

  String text(String field, int row) {
    return ((Binary) one(field, row)).toStringUsingUTF8();
  }

  byte[] bytes(String field, int row) {
    return ((Binary) one(field, row)).getBytes();
  }

  /** The bytes without a copy. */
  ByteBuffer buffer(String field, int row) {
    return ((Binary) one(field, row)).toByteBuffer();
  }

  Optional<byte[]> optionalBytes(String field, int row) {
    return leaves.get(field).get(row).isEmpty() ? Optional.empty() : Optional.of(bytes(field, row));
  }

  int int32(String field, int row) {
    return (Integer) one(field, row);
  }

  long int64(String field, int row) {
    return (Long) one(field, row);
  }

  private Object one(String field, int row) {
    return leaves.get(field).get(row).get(0);
  }

  /** The elements of a list, each made of its values. */
  <T> List<T> list(String field, int row, Function<Element, T> make) {
    String prefix = field + ".list.element.";
    int size =
        leaves.entrySet().stream()
            .filter(leaf -> leaf.getKey().startsWith(prefix))
            .findFirst()
            .map(leaf -> leaf.getValue().get(row).size())
            .orElseThrow(() -> new IllegalStateException("List " + field + " was not read"));
    List<T> elements = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      elements.add(make.apply(new Element(prefix, row, i)));
    }
    return elements;
  }

  /** The values of an element of a list, by the names of its fields. */
  final class Element {
    private final String prefix;
    private final int row;
    private final int index;

    private Element(String prefix, int row, int index) {
      this.prefix = prefix;
      this.row = row;
      this.index = index;
    }

    String text(String name) {
      return ((Binary) value(name)).toStringUsingUTF8();
    }

    byte[] bytes(String name) {
      return ((Binary) value(name)).getBytes();
    }

    int int32(String name) {
      return (Integer) value(name);
    }

    long int64(String name) {
      return (Long) value(name);
    }

    double float64(String name) {
      return (Double) value(name);
    }

    private Object value(String name) {
      return leaves.get(prefix + name).get(row).get(index);
    }
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
