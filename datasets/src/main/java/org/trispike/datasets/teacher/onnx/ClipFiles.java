package org.trispike.datasets.teacher.onnx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Sha256;

/**
 * All that decides the vectors of a teacher of two ONNX towers: its files by their hashes, and how
 * long texts are.
 *
 * @param files in the order of {@link Part}; those of a model's data only where it has some
 * @param contextLength tokens of a text as the tower sees it
 */
record ClipFiles(List<ModelFile> files, int contextLength) {

  /** How exporters call the file of weights beside a model that is too large for one file. */
  private static final List<String> DATA_ENDINGS = List.of("_data", ".data");

  ClipFiles {
    files = List.copyOf(files);
  }

  /** Reads and hashes the files that the settings name. */
  static ClipFiles of(Configuration conf, ClipConfig config) {
    config.requireFiles();
    List<ModelFile> files = new ArrayList<>();
    for (Part part : Part.values()) {
      if (part.isData()) {
        ModelFile model = files.get(files.size() - 1);
        data(conf, model.path()).ifPresent(path -> files.add(ModelFile.of(conf, part, path)));
      } else {
        files.add(ModelFile.of(conf, part, config.path(part)));
      }
    }
    return new ClipFiles(files, config.contextLength());
  }

  /**
   * The same files where the settings say that they lie now, if they do.
   *
   * @param config may name some of the files, or none
   */
  ClipFiles relocated(ClipConfig config) {
    List<ModelFile> moved = new ArrayList<>();
    String model = "";
    for (ModelFile file : files) {
      String path = file.part().isData() ? model : config.path(file.part());
      if (path.isEmpty()) {
        moved.add(file);
      } else if (file.part().isData()) {
        DATA_ENDINGS.stream()
            .filter(file.path()::endsWith)
            .findFirst()
            .ifPresent(ending -> moved.add(file.at(path + ending)));
      } else {
        moved.add(file.at(path));
      }
      model = path;
    }
    return new ClipFiles(moved, contextLength);
  }

  ModelFile get(Part part) {
    return find(part)
        .orElseThrow(() -> new IllegalArgumentException("it has no " + part.word() + " file"));
  }

  Optional<ModelFile> find(Part part) {
    return files.stream().filter(file -> file.part() == part).findFirst();
  }

  /** The teacher's id: the same wherever the files lie. */
  String id() {
    StringBuilder all = new StringBuilder("context-length ").append(contextLength);
    for (ModelFile file : files) {
      all.append('\n').append(file.part().word()).append(' ').append(file.sha256());
    }
    return ClipTeacher.KIND + "-" + Sha256.of(all.toString()).substring(0, 16);
  }

  void write(ObjectNode root) {
    root.put("context_length", contextLength);
    ObjectNode object = root.putObject("files");
    for (ModelFile file : files) {
      object.putObject(file.part().word()).put("path", file.path()).put("sha256", file.sha256());
    }
  }

  /**
   * @throws IllegalArgumentException that says what is missing
   */
  static ClipFiles read(JsonNode root) {
    List<ModelFile> files = new ArrayList<>();
    JsonNode object = root.required("files");
    for (Part part : Part.values()) {
      if (object.has(part.word()) || !part.isData()) {
        JsonNode file = object.required(part.word());
        files.add(
            new ModelFile(part, file.required("path").asText(), file.required("sha256").asText()));
      }
    }
    return new ClipFiles(files, root.required("context_length").intValue());
  }

  private static Optional<String> data(Configuration conf, String model) {
    try {
      for (String ending : DATA_ENDINGS) {
        Path path = new Path(model + ending);
        FileSystem files = ArtefactFolder.fileSystem(conf, path);
        if (files.exists(path)) {
          return Optional.of(path.toString());
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw UserError.environment("Cannot look beside " + model + ": " + e.getMessage(), e);
    }
  }
}
