package org.trispike.training.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.datasets.store.NewFile;
import org.trispike.kernels.io.FloatArray;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;
import org.trispike.kernels.io.SafeTensors;
import org.trispike.kernels.io.Sha256;

/**
 * The checkpoints of a run: folders {@code round-NNNNNN} of {@code model.safetensors} (what later
 * stages use), {@code optimizer.safetensors} (what training goes on from), {@code state.json}, and
 * {@code MANIFEST.json} with each file's size and SHA-256. A folder without a manifest is no
 * checkpoint; the latest is the one with the highest round.
 */
public final class Checkpoints {
  static final String MANIFEST = "MANIFEST.json";
  static final String RESULT = "result.json";
  private static final String PREFIX = "round-";
  private static final String MODEL = "model.safetensors";
  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";

  private final Configuration hadoop;
  private final ArtefactFolder folder;

  private Checkpoints(Configuration hadoop, String directory) {
    this.hadoop = hadoop;
    this.folder = ArtefactFolder.of(hadoop, directory, RESULT);
  }

  /** The checkpoints in {@code directory}, which need not exist yet. */
  public static Checkpoints in(Configuration hadoop, String directory) {
    return new Checkpoints(hadoop, directory);
  }

  /** The folder itself, to claim and to publish. */
  public ArtefactFolder folder() {
    return folder;
  }

  /** The name of a round's folder. */
  public static String name(int round) {
    return String.format(Locale.ROOT, "%s%06d", PREFIX, round);
  }

  /** The latest checkpoint of a run, finished or not. */
  public static Checkpoint latest(Configuration hadoop, String directory) {
    Checkpoints checkpoints = in(hadoop, directory);
    List<String> names = checkpoints.names();
    if (names.isEmpty()) {
      throw UserError.data(directory + " holds no checkpoint; run pretrain first");
    }
    return checkpoints.read(names.get(names.size() - 1));
  }

  /**
   * The checkpoint that a finished run chose.
   *
   * @throws UserError if the run is not finished
   */
  public static Checkpoint chosen(Configuration hadoop, String directory) {
    Checkpoints checkpoints = in(hadoop, directory);
    Object name =
        checkpoints
            .result()
            .map(result -> result.get("chosen"))
            .orElseThrow(
                () ->
                    UserError.data(
                        directory
                            + " holds no finished training ("
                            + RESULT
                            + " is missing): run pretrain, or run it again to resume"));
    return checkpoints.read(name.toString());
  }

  /** What a finished run left in {@code result.json}. */
  public Optional<Map<String, Object>> result() {
    try {
      if (!folder.exists(RESULT)) {
        return Optional.empty();
      }
      return Optional.of(Json.parseObject(new String(folder.read(RESULT), StandardCharsets.UTF_8)));
    } catch (JsonException e) {
      throw new UserError(
          UserError.Kind.DATA, folder.path(RESULT) + " is no JSON: " + e.getMessage(), e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder.path(RESULT) + ": " + e.getMessage(), e);
    }
  }

  /** Names of the checkpoints that are there, in the order of their rounds. */
  public List<String> names() {
    try {
      List<String> names = new ArrayList<>();
      for (String name : folders()) {
        if (folder.exists(name + "/" + MANIFEST)) {
          names.add(name);
        }
      }
      return names;
    } catch (IOException e) {
      throw UserError.environment("Cannot look at " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  private List<String> folders() throws IOException {
    return folder.names("").stream().filter(name -> name.startsWith(PREFIX)).toList();
  }

  /** Reads what later stages use; the bytes must be those of the manifest. */
  public Checkpoint read(String name) {
    Map<String, Object> manifest = manifest(name);
    TrainingState state = state(name, manifest);
    SafeTensors tensors = tensors(name, MODEL, manifest);
    try {
      return Checkpoint.of(folder.path(name).toString(), state, tensors);
    } catch (IllegalArgumentException e) {
      throw corrupt(name + "/" + MODEL, e.getMessage(), e);
    }
  }

  /** Reads what training goes on from. */
  public Resumable readResumable(String name) {
    Map<String, Object> manifest = manifest(name);
    TrainingState state = state(name, manifest);
    SafeTensors tensors = tensors(name, OPTIMIZER, manifest);
    try {
      return Resumable.of(state, tensors);
    } catch (IllegalArgumentException e) {
      throw corrupt(name + "/" + OPTIMIZER, e.getMessage(), e);
    }
  }

  /** Writes a checkpoint; its manifest comes last. */
  public void write(String name, Checkpoint checkpoint, Resumable resumable) {
    try {
      ArtefactFolder target = ArtefactFolder.of(hadoop, folder.path(name).toString(), MANIFEST);
      // What a former attempt left half done.
      folder.delete(name);
      Map<String, Object> files = new LinkedHashMap<>();
      files.put(MODEL, write(target, MODEL, checkpoint.tensors()));
      files.put(OPTIMIZER, write(target, OPTIMIZER, resumable.tensors()));
      byte[] state = checkpoint.state().toJson().getBytes(StandardCharsets.UTF_8);
      target.write(STATE, state);
      files.put(STATE, entry(state.length, Sha256.of(state)));
      Map<String, Object> manifest = new LinkedHashMap<>();
      manifest.put("format_version", 1);
      manifest.put("files", files);
      target.publish(Json.write(manifest).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw UserError.environment(
          "Cannot write checkpoint "
              + folder.path(name)
              + ": "
              + e.getMessage()
              + "; earlier checkpoints are untouched. Run the same command again to resume",
          e);
    }
  }

  private static Map<String, Object> write(
      ArtefactFolder target, String file, Map<String, FloatArray> tensors) throws IOException {
    MessageDigest digest = Sha256.digest();
    try (NewFile made = target.create(file)) {
      OutputStream hashed = new DigestOutputStream(made.stream(), digest);
      SafeTensors.write(hashed, tensors, Map.of(), Map.of());
      hashed.flush();
      // The manifest must not reach the disk before what it vouches for.
      made.sync();
      made.commit();
    }
    return entry(target.size(file), Sha256.hex(digest));
  }

  /** In an order of its own: that of Map.of differs from process to process. */
  private static Map<String, Object> entry(long bytes, String sha256) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("bytes", bytes);
    entry.put("sha256", sha256);
    return entry;
  }

  /**
   * Removes all but the last {@code keep} checkpoints and those in {@code others}, and what a
   * process that was killed left of one.
   */
  public void prune(int keep, Set<String> others) {
    List<String> names = names();
    Set<String> kept = new HashSet<>(names.subList(Math.max(0, names.size() - keep), names.size()));
    kept.addAll(others);
    try {
      for (String name : folders()) {
        if (!kept.contains(name)) {
          // Without its manifest it is no checkpoint, so a reader never sees a part of one.
          folder.delete(name + "/" + MANIFEST);
          folder.delete(name);
        }
      }
    } catch (IOException e) {
      throw UserError.environment("Cannot tidy " + folder.root() + ": " + e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private Map<String, Object> manifest(String name) {
    try {
      byte[] bytes = folder.read(name + "/" + MANIFEST);
      Map<String, Object> manifest = Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
      return (Map<String, Object>) manifest.get("files");
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA,
          folder.path(name) + " is no checkpoint (" + MANIFEST + " is missing)",
          e);
    } catch (JsonException | ClassCastException e) {
      throw corrupt(name + "/" + MANIFEST, e.getMessage(), e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + folder.path(name) + ": " + e.getMessage(), e);
    }
  }

  private TrainingState state(String name, Map<String, Object> manifest) {
    byte[] bytes = verified(name, STATE, manifest);
    return TrainingState.parse(
        new String(bytes, StandardCharsets.UTF_8), folder.path(name + "/" + STATE).toString());
  }

  private SafeTensors tensors(String name, String file, Map<String, Object> manifest) {
    byte[] bytes = verified(name, file, manifest);
    try (InputStream in = new ByteArrayInputStream(bytes)) {
      return SafeTensors.read(in, bytes.length, folder.path(name + "/" + file).toString());
    } catch (IOException e) {
      throw corrupt(name + "/" + file, e.getMessage(), e);
    }
  }

  private byte[] verified(String name, String file, Map<String, Object> manifest) {
    try {
      byte[] bytes = folder.read(name + "/" + file);
      Object entry = manifest.get(file);
      String expected = entry instanceof Map<?, ?> map ? String.valueOf(map.get("sha256")) : "";
      if (!Sha256.of(bytes).equals(expected)) {
        throw corrupt(name + "/" + file, "its SHA-256 is not the manifest's", null);
      }
      return bytes;
    } catch (FileNotFoundException e) {
      throw corrupt(name + "/" + file, "it is missing", e);
    } catch (IOException e) {
      throw UserError.environment(
          "Cannot read " + folder.path(name + "/" + file) + ": " + e.getMessage(), e);
    }
  }

  private UserError corrupt(String file, String what, Throwable cause) {
    return new UserError(
        UserError.Kind.DATA,
        "CORRUPT_CHECKPOINT: "
            + folder.path(file)
            + ": "
            + what
            + ". Delete its folder to go on from the checkpoint before it",
        cause);
  }
}
