package org.trispike.vq.cuda;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a plan decided, as constants of a kernel. */
final class Constants {
  private final Map<String, Object> values = new LinkedHashMap<>();

  Constants with(String name, Object value) {
    values.put(name, value);
    return this;
  }

  String text() {
    return values.entrySet().stream()
        .map(e -> "constexpr %s %s = %s;\n".formatted(type(e.getValue()), e.getKey(), e.getValue()))
        .collect(Collectors.joining());
  }

  private static String type(Object value) {
    if (value instanceof Boolean) {
      return "bool";
    }
    return value instanceof Float ? "float" : "int";
  }
}
