package org.trispike.vq;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.trispike.kernels.io.ByteArray;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.JsonFields;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.SafeTensors;

/**
 * A quantized matrix on disk: one safetensors file, whose metadata has one JSON object under {@code
 * trispike-vq}; see docs/formats.md.
 *
 * @param tensor the matrix
 * @param provenance how it was made
 */
public record VqFile(VqTensor tensor, Map<String, String> provenance) {
  static final String KEY = "trispike-vq";
  static final int VERSION = 1;
  private static final String CODES = "codes";
  private static final String CODEBOOKS = "codebooks";
  private static final String SCALES = "scales";
  private static final String ROTATION = "rotation";

  public VqFile {
    provenance = Map.copyOf(provenance);
  }

  /** Writes the file, which is whole or not there. */
  public void write(Path file) throws IOException {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    if (tensor.codebooks() instanceof E8pCodebooks e8p) {
      arrays.put(SCALES, e8p.scales());
    } else if (tensor.codebooks() instanceof TrainedCodebooks trained) {
      arrays.put(CODEBOOKS, trained.table());
    }
    tensor.rotation().ifPresent(rotation -> arrays.put(ROTATION, rotation));
    SafeTensors.write(
        file,
        arrays,
        Map.of(CODES, ByteArray.vector(tensor.codes().bytes())),
        Map.of(KEY, Json.writeCompact(json())));
  }

  private Map<String, Object> json() {
    VqConfig config = tensor.config();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format_version", VERSION);
    json.put("name", config.name());
    json.put("vector_length", config.vectorLength());
    json.put("index_bits", config.indexBits());
    json.put("rounds", config.rounds());
    json.put("scope_rows", bound(config.scope().rows()));
    json.put("scope_columns", bound(config.scope().columns()));
    json.put("kind", JsonFields.word(config.kind()));
    json.put("rows", tensor.rows());
    json.put("columns", tensor.columns());
    json.put("provenance", new TreeMap<>(provenance));
    return json;
  }

  private static Integer bound(int extent) {
    return extent == CodebookScope.ALL ? null : extent;
  }

  /** Reads a file; throws {@link MalformedFileException}, naming file and field, if it is none. */
  public static VqFile read(Path file) throws IOException {
    return of(SafeTensors.read(file), file.toString());
  }

  /** The matrix in a file's arrays; messages call the file {@code source}. */
  static VqFile of(SafeTensors arrays, String source) throws IOException {
    String text = arrays.metadata().get(KEY);
    if (text == null) {
      throw new MalformedFileException(
          source, Reason.BAD_HEADER, "its metadata has no " + KEY + ": no quantized matrix");
    }
    JsonFields json = fields(source, text);
    int version = json.integer("format_version");
    if (version != VERSION) {
      throw json.fail(
          Reason.UNKNOWN_VERSION, "format_version", "is " + version + ", known is " + VERSION);
    }
    try {
      return new VqFile(tensor(json, arrays), json.object("provenance").allTexts());
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new MalformedFileException(source, Reason.BAD_FIELD, e.getMessage());
    }
  }

  private static VqTensor tensor(JsonFields json, SafeTensors arrays) throws IOException {
    VqConfig config =
        new VqConfig(
            json.text("name"),
            json.integer("vector_length"),
            json.integer("index_bits"),
            json.integer("rounds"),
            new CodebookScope(extent(json, "scope_rows"), extent(json, "scope_columns")),
            json.choice("kind", CodebookKind.values()));
    int rows = json.integer("rows");
    int columns = json.integer("columns");
    Codebooks codebooks =
        config.kind() == CodebookKind.E8P
            ? new E8pCodebooks(arrays.get(SCALES))
            : new TrainedCodebooks(arrays.get(CODEBOOKS));
    PackedCodes codes =
        PackedCodes.of(
            config.indexBits(),
            VqTensor.codeCount(config, rows, columns),
            arrays.getBytes(CODES).data());
    return new VqTensor(config, rows, columns, codebooks, codes, arrays.tensors().get(ROTATION));
  }

  private static int extent(JsonFields json, String key) throws MalformedFileException {
    return json.isNull(key) ? CodebookScope.ALL : json.integer(key);
  }

  private static JsonFields fields(String source, String text) throws MalformedFileException {
    try {
      return new JsonFields(source, KEY + ".", Json.parseObject(text));
    } catch (JsonException e) {
      Reason reason = e.duplicateKey() ? Reason.DUPLICATE_KEY : Reason.BAD_HEADER;
      throw new MalformedFileException(source, reason, KEY + ": " + e.getMessage());
    }
  }
}
