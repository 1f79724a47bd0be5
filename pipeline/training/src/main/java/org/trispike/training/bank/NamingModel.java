package org.trispike.training.bank;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.JsonException;
import org.trispike.spiking.BankRef;
import org.trispike.spiking.OpenVocabulary;
import org.trispike.spiking.SpikingModel;
import org.trispike.training.evaluate.ModelFiles;
import org.trispike.vq.bank.BankSpace;

/** A model that is to name a bank as its own. Only its {@code model.json} is written. */
final class NamingModel {
  private static final String JSON = "model.json";

  private final ArtefactFolder folder;
  private final String path;

  private NamingModel(ArtefactFolder folder, String path) {
    this.folder = folder;
    this.path = path;
  }

  /**
   * Finds out before anything is made whether the model could use the bank.
   *
   * @param bank where it will lie
   * @throws UserError if it could not
   */
  static NamingModel of(
      Configuration hadoop, String directory, ArtefactFolder bank, BankSpace space) {
    SpikingModel model = ModelFiles.read(hadoop, directory).model();
    Optional<String> mismatch = OpenVocabulary.mismatch(model, space);
    if (mismatch.isPresent()) {
      throw UserError.data(
          "The model of "
              + directory
              + " cannot use this bank: "
              + mismatch.get()
              + ". Nothing was written; make a bank for this model with embed-names");
    }
    ArtefactFolder folder = ArtefactFolder.of(hadoop, directory, JSON);
    return new NamingModel(folder, relative(folder.root().toUri(), bank.root().toUri()));
  }

  private static String relative(URI model, URI bank) {
    if (!Objects.equals(model.getScheme(), bank.getScheme())
        || !Objects.equals(model.getAuthority(), bank.getAuthority())) {
      throw UserError.usage(
          "A model names its bank by the path from its own folder, and none leads from "
              + model
              + " to "
              + bank
              + ". Nothing was written");
    }
    return Path.of(model.getPath())
        .relativize(Path.of(bank.getPath()))
        .toString()
        .replace('\\', '/');
  }

  /** Puts the bank into {@code model.json}, in the place of any other. */
  void name(String id) {
    try {
      String json = new String(folder.read(JSON), StandardCharsets.UTF_8);
      folder.publish(new BankRef(path, id).putInto(json).getBytes(StandardCharsets.UTF_8));
    } catch (JsonException e) {
      throw UserError.data(folder.path(JSON) + ": " + e.getMessage());
    } catch (IOException e) {
      throw UserError.environment(
          "Cannot write to " + folder.root() + ": " + e.getMessage() + ". The bank itself is done",
          e);
    }
  }
}
