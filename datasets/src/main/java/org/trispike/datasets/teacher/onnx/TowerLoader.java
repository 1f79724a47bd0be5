package org.trispike.datasets.teacher.onnx;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;

/**
 * Makes towers of files. Those that do not lie on this machine are copied to a temporary folder,
 * which may go as soon as the runtime has loaded them.
 */
final class TowerLoader implements AutoCloseable {
  private final Configuration conf;
  private final ClipFiles files;
  private final ClipConfig how;
  private final Path folder;

  private TowerLoader(Configuration conf, ClipFiles files, ClipConfig how, Path folder) {
    this.conf = conf;
    this.files = files;
    this.how = how;
    this.folder = folder;
  }

  /**
   * Both towers of a teacher.
   *
   * @throws UserError if a file is missing, has changed, or is no tower of its kind
   */
  static ClipTowers load(Configuration conf, ClipFiles files, ClipConfig how) {
    OnnxSessions.require(how.execution());
    try (TowerLoader loader =
        new TowerLoader(conf, files, how, Files.createTempDirectory("trispike-teacher"))) {
      OnnxTower<byte[]> images = loader.images();
      try {
        return loader.paired(images, loader.texts());
      } catch (RuntimeException e) {
        images.close();
        throw e;
      }
    } catch (IOException e) {
      throw UserError.environment("The temporary folder cannot be used: " + e.getMessage(), e);
    }
  }

  private ClipTowers paired(OnnxTower<byte[]> images, OnnxTower<String> texts) {
    if (images.dimension() != texts.dimension()) {
      texts.close();
      throw UserError.data(
          files.get(Part.IMAGE_MODEL).name()
              + " makes vectors of "
              + images.dimension()
              + " numbers, "
              + files.get(Part.TEXT_MODEL).name()
              + " of "
              + texts.dimension()
              + ": they are not the towers of one teacher. Nothing was written");
    }
    return new ClipTowers(images, texts);
  }

  private OnnxTower<byte[]> images() {
    ModelFile file = files.get(Part.PREPROCESSOR);
    ImagePreprocessing preprocessing = PreprocessorFile.read(file.name(), file.bytes(conf));
    return tower(
        Part.IMAGE_MODEL,
        Part.IMAGE_DATA,
        "image_embeds",
        ports -> new PictureInputs(ports, preprocessing, how.batchSize()));
  }

  private OnnxTower<String> texts() {
    ModelFile file = files.get(Part.TOKENIZER);
    TextTokenizer tokenizer;
    try {
      tokenizer = TextTokenizer.of(file.bytes(conf), files.contextLength());
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.DATA,
          file.name() + " is no tokenizer.json: " + e.getMessage() + ". Nothing was written",
          e);
    }
    try {
      return tower(
          Part.TEXT_MODEL,
          Part.TEXT_DATA,
          "text_embeds",
          ports -> new TextInputs(ports, tokenizer, how.batchSize(), files.contextLength()));
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  private <T> OnnxTower<T> tower(
      Part part, Part data, String output, Function<Ports, Inputs<T>> inputs) {
    ModelFile model = files.get(part);
    Path local = model.local(conf, folder);
    files.find(data).ifPresent(file -> file.local(conf, folder));
    try {
      OrtSession session = OnnxSessions.open(local, how.threads(), how.execution());
      try {
        Ports ports = Ports.of(model.name(), session);
        return new OnnxTower<>(
            model.name(), session, ports.vectors(output), how.batchSize(), inputs.apply(ports));
      } catch (RuntimeException e) {
        session.close();
        throw e;
      }
    } catch (OrtException e) {
      throw new UserError(
          UserError.Kind.DATA,
          model.name()
              + " is no ONNX model that this runtime can load: "
              + e.getMessage()
              + ". Nothing was written",
          e);
    }
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> copies = Files.newDirectoryStream(folder)) {
      for (Path copy : copies) {
        Files.delete(copy);
      }
    }
    Files.delete(folder);
  }
}
