package org.trispike.spiking;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;

/**
 * The bank that a model names as its own: its rows take the place of the model's classes unless
 * someone says otherwise.
 *
 * @param path of the bank's folder from the model's, with slashes
 * @param id of the bank's content, so that another bank in its place is noticed
 */
public record BankRef(String path, String id) {
  static final String FIELD = "bank";
  private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

  /** A root, a drive or a scheme. */
  private static final Pattern ABSOLUTE = Pattern.compile("[/\\\\].*|[^/]*:.*");

  public BankRef {
    if (path.isBlank() || ABSOLUTE.matcher(path).matches()) {
      throw new IllegalArgumentException(
          "'" + path + "' is no path of a bank from the model's folder");
    }
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'" + id + "' is no id of a bank");
    }
  }

  /** The bank's folder, as seen from where the model's is. */
  public Path from(Path modelFolder) {
    return modelFolder.resolve(path);
  }

  Map<String, Object> json() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", path);
    map.put("id", id);
    return map;
  }

  /**
   * The text of a {@code model.json} with this bank in the place of any other; all else stays as it
   * is, fields of later writers too.
   *
   * @throws JsonException if the text is no JSON object
   */
  public String putInto(String modelJson) throws JsonException {
    Map<String, Object> root = new LinkedHashMap<>(Json.parseObject(modelJson));
    root.put(FIELD, json());
    return Json.write(root);
  }
}
