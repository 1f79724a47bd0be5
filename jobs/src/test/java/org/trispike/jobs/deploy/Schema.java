package org.trispike.jobs.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The part of JSON Schema that a Kubernetes API server checks: type, required, enum, properties,
 * items, additionalProperties, minimum, pattern, and references to definitions. A property that is
 * not named is a fault, as under strict field validation.
 */
final class Schema {
  private final JsonNode root;
  private final List<String> faults = new ArrayList<>();

  private Schema(JsonNode root) {
    this.root = root;
  }

  /** What is wrong with a value, by one of the definitions of a schema beside the tests. */
  static List<String> faults(String schema, String definition, JsonNode value) throws IOException {
    try (InputStream in = Schema.class.getResourceAsStream(schema)) {
      Schema checked = new Schema(new ObjectMapper().readTree(in));
      checked.check("", checked.root.at("/definitions/" + definition), value);
      return checked.faults;
    }
  }

  /** The one document of a YAML file. */
  static JsonNode yaml(String text) {
    Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
    return new ObjectMapper().valueToTree(document);
  }

  private void check(String at, JsonNode schema, JsonNode value) {
    if (schema.has("$ref")) {
      String name = schema.get("$ref").textValue().replace("#", "");
      check(at, root.at(name), value);
      return;
    }
    String type = schema.path("type").asText();
    if (!is(type, value)) {
      faults.add(at + " is no " + type + ": " + value);
      return;
    }
    if (schema.has("enum")) {
      boolean known = false;
      for (JsonNode one : schema.get("enum")) {
        known |= one.equals(value);
      }
      require(known, at + " is none of " + schema.get("enum") + ": " + value);
    }
    if (schema.has("minimum")) {
      require(value.asLong() >= schema.get("minimum").asLong(), at + " is too small: " + value);
    }
    if (schema.has("pattern")) {
      require(value.asText().matches(schema.get("pattern").asText()), at + " is no " + value);
    }
    for (JsonNode name : schema.path("required")) {
      require(value.has(name.textValue()), at + "/" + name.textValue() + " is missing");
    }
    value
        .fields()
        .forEachRemaining(field -> property(at, schema, field.getKey(), field.getValue()));
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      check(at + "/" + i, schema.path("items"), value.get(i));
    }
  }

  private void property(String at, JsonNode schema, String name, JsonNode value) {
    JsonNode known = schema.path("properties").path(name);
    JsonNode others = schema.path("additionalProperties");
    if (!known.isMissingNode()) {
      check(at + "/" + name, known, value);
    } else if (others.isObject()) {
      check(at + "/" + name, others, value);
    } else {
      require(others.asBoolean(), at + "/" + name + " is unknown");
    }
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      faults.add(fault);
    }
  }

  private static boolean is(String type, JsonNode value) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "boolean" -> value.isBoolean();
      default -> throw new IllegalArgumentException("A schema with the type '" + type + "'");
    };
  }
}
