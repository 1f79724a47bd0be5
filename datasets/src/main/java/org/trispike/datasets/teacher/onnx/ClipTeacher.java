package org.trispike.datasets.teacher.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.teacher.Teacher;

/**
 * A teacher of two towers that were exported to ONNX, such as CLIP. Its vectors are those of the
 * towers at length one. On one machine, with one item a call, a vector depends on its own text or
 * picture to the last bit; larger batches, other processors and GPUs move its last digits, which is
 * why they are no part of the teacher's id.
 */
public final class ClipTeacher implements Teacher {
  public static final String KIND = "clip-onnx";

  private final ClipFiles files;
  private final String key;
  private final ClipTowers towers;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private ClipTeacher(ClipFiles files, String key, ClipTowers towers) {
    this.files = files;
    this.key = key;
    this.towers = towers;
  }

  /**
   * The teacher of the files that the settings name.
   *
   * @throws UserError if a file is missing, or is no tower of its kind
   */
  public static ClipTeacher of(Configuration conf, ClipConfig config) {
    return open(conf, ClipFiles.of(conf, config), config);
  }

  /**
   * The same, where it is made and not yet put to work: on the CPU, as a driver may have no GPU.
   *
   * @throws UserError also if the runtime could not execute it as the settings say
   */
  public static ClipTeacher toKeep(Configuration conf, ClipConfig config) {
    OnnxSessions.require(config.execution());
    return of(conf, config.on(Execution.CPU));
  }

  /**
   * Opens a teacher that {@link #write} described.
   *
   * @param config how and, where it names files, from where it is loaded
   * @throws IllegalArgumentException if the description cannot be read
   * @throws UserError if a file is missing, or has changed
   */
  public static ClipTeacher read(Configuration conf, JsonNode root, ClipConfig config) {
    return open(conf, ClipFiles.read(root).relocated(config), config);
  }

  private static ClipTeacher open(Configuration conf, ClipFiles files, ClipConfig how) {
    String key =
        String.join(
            " ",
            files.id(),
            Integer.toString(how.batchSize()),
            Integer.toString(how.threads()),
            how.execution().name());
    return new ClipTeacher(
        files, key, OpenTowers.ofThisJvm().acquire(key, () -> TowerLoader.load(conf, files, how)));
  }

  /** Adds to {@code teacher.json} what {@link #read} needs: the files by path and hash. */
  public void write(ObjectNode root) {
    files.write(root);
  }

  @Override
  public String id() {
    return files.id();
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public int dimension() {
    return towers.dimension();
  }

  @Override
  public float[][] embedTexts(List<String> texts) {
    return towers.texts().embed(texts);
  }

  @Override
  public float[][] embedImages(List<byte[]> images) {
    return towers.images().embed(images);
  }

  /** The towers stay loaded for the next task. */
  @Override
  public void close() {
    if (open.compareAndSet(true, false)) {
      OpenTowers.ofThisJvm().release(key);
    }
  }
}
