package org.trispike.datasets.format;

import java.util.ArrayList;
import java.util.List;

/**
 * A table in a PLY file.
 *
 * @param name such as vertex
 * @param count of its rows
 * @param properties its columns, which are added while the header is read
 */
record PlyElement(String name, long count, List<Property> properties) {
  /**
   * A column.
   *
   * @param name such as x
   * @param length the type of a list's length, or null for a single value
   * @param type of the value, or of those of the list
   */
  record Property(String name, PlyType length, PlyType type) {
    boolean list() {
      return length != null;
    }
  }

  PlyElement(String name, long count) {
    this(name, count, new ArrayList<>());
  }

  /** Where the single value of one of these names stands, or −1. */
  int value(String... names) {
    return find(false, names);
  }

  /** Where the list of one of these names stands, or −1. */
  int list(String... names) {
    return find(true, names);
  }

  private int find(boolean list, String... names) {
    for (String wanted : names) {
      for (int i = 0; i < properties.size(); i++) {
        if (properties.get(i).list() == list && properties.get(i).name().equals(wanted)) {
          return i;
        }
      }
    }
    return -1;
  }

  /** The bytes of a row in a binary file, with its lists empty. */
  int leastBytes() {
    int bytes = 0;
    for (Property property : properties) {
      bytes += property.list() ? property.length().bytes() : property.type().bytes();
    }
    return bytes;
  }
}
