package org.trispike.datasets.format;

/** The types of a property in PLY files, with both of their names. */
enum PlyType {
  CHAR("char", "int8", 1),
  UCHAR("uchar", "uint8", 1),
  SHORT("short", "int16", 2),
  USHORT("ushort", "uint16", 2),
  INT("int", "int32", 4),
  UINT("uint", "uint32", 4),
  FLOAT("float", "float32", 4),
  DOUBLE("double", "float64", 8);

  private final String name;
  private final String sized;
  private final int bytes;

  PlyType(String name, String sized, int bytes) {
    this.name = name;
    this.sized = sized;
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  static PlyType of(Source source, String word) throws CorruptInputException {
    for (PlyType type : values()) {
      if (type.name.equals(word) || type.sized.equals(word)) {
        return type;
      }
    }
    throw source.bad(Reason.BAD_HEADER, "'%s' is no type", Source.brief(word));
  }
}
