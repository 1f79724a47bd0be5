package org.trispike.spiking;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.trispike.kernels.io.AtomicFiles;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.MalformedFileException;
import org.trispike.kernels.io.MalformedFileException.Reason;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.kernels.io.Sha256;

/**
 * A model on disk: a folder with
 *
 * <ul>
 *   <li>{@code model.safetensors}: for each layer L, {@code L.conv.weight} [offsets, C_in, C_out]
 *       and {@code L.conv.bias} [C_out]; {@code head.weight} [K, C4] and {@code head.bias} [K]. L
 *       is {@code stem.0..2}, {@code stage1..4.down} and {@code
 *       stage1..4.blockN.first|second|third}, or as {@link PointNet} and {@link PointFormer} name
 *       theirs. All F32.
 *   <li>{@code alignment.safetensors}, if the model can take further classes: see {@link
 *       Alignment}.
 *   <li>{@code model.json}, written last: without it the folder is no model. See {@link ModelJson}
 *       for its fields. It has the SHA-256 of the other files, so that a folder in which they were
 *       exchanged is refused.
 * </ul>
 */
final class ModelFolder {
  static final String JSON = "model.json";
  static final String PARAMETERS = "model.safetensors";
  static final String ALIGNMENT = "alignment.safetensors";
  private static final long JSON_LIMIT = 64L << 20;

  private ModelFolder() {}

  static void write(SpikingModel model, Path folder) throws IOException {
    Files.createDirectories(folder);
    // A folder that is written over is no model until the new one is whole.
    Files.deleteIfExists(folder.resolve(JSON));
    Map<String, String> hashes = new LinkedHashMap<>();
    SafeTensors.write(folder.resolve(PARAMETERS), model.parameters(), Map.of());
    hashes.put(PARAMETERS, Sha256.of(folder.resolve(PARAMETERS)));
    if (model.alignment().isPresent()) {
      model.alignment().get().write(folder.resolve(ALIGNMENT));
      hashes.put(ALIGNMENT, Sha256.of(folder.resolve(ALIGNMENT)));
    } else {
      Files.deleteIfExists(folder.resolve(ALIGNMENT));
    }
    String text = Json.write(ModelJson.of(model, hashes));
    AtomicFiles.write(
        folder.resolve(JSON), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  static SpikingModel read(Path folder) throws IOException {
    Path json = folder.resolve(JSON);
    ModelJson fields = new ModelJson(json.toString(), readJson(json));
    Map<String, String> hashes = fields.files();
    for (Map.Entry<String, String> file : hashes.entrySet()) {
      if (!file.getKey().equals(PARAMETERS) && !file.getKey().equals(ALIGNMENT)) {
        throw new MalformedFileException(
            json.toString(), Reason.BAD_FIELD, "files names the unknown file " + file.getKey());
      }
      checkHash(folder.resolve(file.getKey()), file.getValue());
    }
    if (!hashes.containsKey(PARAMETERS)) {
      throw new MalformedFileException(
          json.toString(), Reason.BAD_FIELD, "files does not name " + PARAMETERS);
    }
    Alignment alignment =
        hashes.containsKey(ALIGNMENT) ? Alignment.read(folder.resolve(ALIGNMENT)) : null;
    SafeTensors tensors = SafeTensors.read(folder.resolve(PARAMETERS));
    return assemble(folder, fields, tensors, alignment);
  }

  private static SpikingModel assemble(
      Path folder, ModelJson fields, SafeTensors tensors, Alignment alignment)
      throws MalformedFileException {
    EncoderSpec network = fields.network();
    try {
      ParameterLayout layout = Encoders.folded(network).layout();
      if (tensors.tensors().size() != layout.parameters().size()) {
        throw new IllegalArgumentException(
            tensors.tensors().size() + " tensors, not " + layout.parameters().size());
      }
      float[] flat = layout.flat(tensors.tensors());
      return new SpikingModel(
          network,
          flat,
          fields.classes(),
          fields.preprocessing(),
          fields.teacher(),
          fields.provenance(),
          alignment,
          fields.bank());
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(
          folder.resolve(PARAMETERS).toString(), Reason.BAD_FIELD, e.getMessage());
    }
  }

  private static Map<String, Object> readJson(Path json) throws IOException {
    if (!Files.isRegularFile(json)) {
      throw new NoSuchFileException(
          json.toString(), null, "the folder is no model, or was not written to its end");
    }
    if (Files.size(json) > JSON_LIMIT) {
      throw new MalformedFileException(
          json.toString(), Reason.HEADER_TOO_LARGE, "more than " + JSON_LIMIT + " bytes");
    }
    try {
      return Json.parseObject(Files.readString(json, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new MalformedFileException(json.toString(), Reason.BAD_HEADER, "not UTF-8");
    } catch (JsonException e) {
      Reason reason = e.duplicateKey() ? Reason.DUPLICATE_KEY : Reason.BAD_HEADER;
      throw new MalformedFileException(json.toString(), reason, e.getMessage());
    }
  }

  private static void checkHash(Path file, String expected) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new NoSuchFileException(file.toString(), null, "named by " + JSON);
    }
    if (!Sha256.of(file).equals(expected)) {
      throw new MalformedFileException(
          file.toString(), Reason.BAD_FIELD, "its SHA-256 is not the one in " + JSON);
    }
  }
}
