package org.trispike.datasets.row;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The types of columns; lists have the three levels that Spark and Arrow read. */
final class Fields {
  static final String ID = "id";
  static final String SOURCE = "source";
  static final String CATEGORY = "category";
  static final String SPLIT = "split";
  static final String FILES = "files";

  private static final String ELEMENT = "element";

  private Fields() {}

  /** These and those. */
  static List<Type> with(List<Type> fields, Type... more) {
    List<Type> all = new ArrayList<>(fields);
    all.addAll(List.of(more));
    return all;
  }

  /** The columns with which the rows of every kind begin. */
  static List<Type> common() {
    return new ArrayList<>(List.of(text(ID), text(SOURCE), text(CATEGORY), text(SPLIT)));
  }

  static Type files() {
    return list(FILES, text("path"), text("sha256"));
  }

  static Type text(String name) {
    return Types.required(BINARY).as(stringType()).named(name);
  }

  static Type bytes(String name) {
    return Types.required(BINARY).named(name);
  }

  static Type optionalBytes(String name) {
    return Types.optional(BINARY).named(name);
  }

  static Type number(PrimitiveTypeName type, String name) {
    return Types.required(type).named(name);
  }

  static GroupType list(String name, Type... fields) {
    return list(name, List.of(fields));
  }

  static GroupType list(String name, List<Type> fields) {
    return Types.requiredList()
        .element(new GroupType(Type.Repetition.REQUIRED, ELEMENT, fields))
        .named(name);
  }
}
