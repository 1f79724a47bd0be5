package org.trispike.datasets.shard;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of a shard; lists have the three levels that Spark and Arrow read. */
final class ShardSchema {
  static final String ID = "id";
  static final String SOURCE = "source";
  static final String CATEGORY = "category";
  static final String SPLIT = "split";
  static final String POINTS = "points";
  static final String IMAGES = "images";
  static final String TEXTS = "texts";
  static final String FILES = "files";
  static final String IMAGE_EMBEDDINGS = "image_embeddings";
  static final String TEXT_EMBEDDINGS = "text_embeddings";

  private ShardSchema() {}

  static MessageType full() {
    return projection(Column.all());
  }

  /** The schema with the columns that are always read and those that are asked for. */
  static MessageType projection(Set<Column> columns) {
    List<Type> fields = new ArrayList<>();
    fields.add(text(ID));
    fields.add(text(SOURCE));
    fields.add(text(CATEGORY));
    fields.add(text(SPLIT));
    if (columns.contains(Column.POINTS)) {
      fields.add(Types.required(BINARY).named(POINTS));
    }
    fields.add(
        columns.contains(Column.IMAGES)
            ? list(IMAGES, text("view"), Types.required(BINARY).named("bytes"))
            : list(IMAGES, text("view")));
    fields.add(list(TEXTS, text("text"), text("source")));
    if (columns.contains(Column.FILES)) {
      fields.add(list(FILES, text("path"), text("sha256")));
    }
    if (columns.contains(Column.IMAGE_EMBEDDINGS)) {
      fields.add(Types.optional(BINARY).named(IMAGE_EMBEDDINGS));
    }
    if (columns.contains(Column.TEXT_EMBEDDINGS)) {
      fields.add(Types.optional(BINARY).named(TEXT_EMBEDDINGS));
    }
    return new MessageType("triplet", fields);
  }

  private static Type text(String name) {
    return Types.required(BINARY).as(stringType()).named(name);
  }

  private static GroupType list(String name, Type... fields) {
    return Types.requiredList()
        .element(new GroupType(Type.Repetition.REQUIRED, "element", fields))
        .named(name);
  }
}
