package org.trispike.datasets.shard;

import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Column;
import org.trispike.datasets.row.Row;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.RowValues;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.store.StoreFailures;

/**
 * Reads a shard by whole row groups, with the columns that are asked for, and checks the CRC of
 * every page that it reads. Whatever is wrong with the bytes surfaces as one {@link UserError} that
 * begins with {@code CORRUPT_SHARD}. Not for concurrent use.
 */
public final class ShardReader<R extends Row> implements Closeable, Iterable<R> {
  private final Path path;
  private final ParquetFileReader file;
  private final RowKind<R> kind;
  private final Set<Column> columns;
  private final MessageType schema;
  private final ShardFormat format;

  private ShardReader(
      Path path, ParquetFileReader file, RowKind<R> kind, Set<Column> columns, ShardFormat format) {
    this.path = path;
    this.file = file;
    this.kind = kind;
    this.columns = Set.copyOf(columns);
    this.schema = kind.schema(columns);
    this.format = format;
    file.getFileMetaData().getSchema().checkContains(schema);
    file.setRequestedSchema(schema);
  }

  /** Opens a shard of triplets. */
  public static ShardReader<Triplet> open(Configuration conf, Path path, Set<Column> columns) {
    return open(conf, path, RowKind.TRIPLET, columns);
  }

  /** Opens a shard whose rows are of that kind. */
  public static <R extends Row> ShardReader<R> open(
      Configuration conf, Path path, RowKind<R> kind, Set<Column> columns) {
    return guarded(
        path,
        () -> {
          ParquetFileReader file =
              ParquetFileReader.open(
                  HadoopInputFile.fromPath(path, conf),
                  HadoopReadOptions.builder(conf, path)
                      .usePageChecksumVerification()
                      .withCodecFactory(new ZstdPages())
                      .build());
          try {
            ShardFormat format = ShardFormat.of(file.getFileMetaData().getKeyValueMetaData());
            if (format.kind() != kind) {
              throw new IllegalArgumentException(
                  "It holds " + format.kind().noun() + ", not " + kind.noun());
            }
            return new ShardReader<>(path, file, kind, columns, format);
          } catch (RuntimeException e) {
            file.close();
            throw e;
          }
        });
  }

  /** What the bytes of this shard mean. */
  public ShardFormat format() {
    return format;
  }

  public int rowGroups() {
    return file.getRowGroups().size();
  }

  public int rows(int group) {
    return Math.toIntExact(file.getRowGroups().get(group).getRowCount());
  }

  /** The rows of a group, in the order of the file. */
  public List<R> readRowGroup(int group) {
    return guarded(
        path,
        () -> {
          RowValues values =
              new RowValues(
                  file.readRowGroup(group), schema, file.getFileMetaData().getCreatedBy());
          List<R> rows = new ArrayList<>(values.rows());
          for (int row = 0; row < values.rows(); row++) {
            rows.add(kind.read(values, row, columns, format));
          }
          return rows;
        });
  }

  /** All rows; holds one row group in memory. */
  @Override
  public Iterator<R> iterator() {
    return new Iterator<>() {
      private int next;
      private Iterator<R> rows = List.<R>of().iterator();

      @Override
      public boolean hasNext() {
        while (!rows.hasNext() && next < rowGroups()) {
          rows = readRowGroup(next++).iterator();
        }
        return rows.hasNext();
      }

      @Override
      public R next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return rows.next();
      }
    };
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw UserError.environment("Cannot close " + path + ": " + e.getMessage(), e);
    }
  }

  private interface Reading<T> {
    T read() throws IOException;
  }

  /** The one place where whatever Parquet throws at damaged bytes gets its name. */
  private static <T> T guarded(Path path, Reading<T> reading) {
    try {
      return reading.read();
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA, "Shard " + path + " is missing; make the dataset again", e);
    } catch (IOException | RuntimeException e) {
      if (StoreFailures.is(e)) {
        throw UserError.environment("Cannot read " + path + ": " + e.getMessage(), e);
      }
      throw new UserError(
          UserError.Kind.DATA,
          "CORRUPT_SHARD: "
              + path
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ": "
              + e.getMessage()
              + "); nothing was used of it. Restore the file, or make the dataset again",
          e);
    }
  }
}
