package org.trispike.training.evaluate;

import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.trispike.datasets.UserError;
import org.trispike.spiking.BankRef;
import org.trispike.spiking.OpenVocabulary;
import org.trispike.spiking.SpikingModel;
import org.trispike.vq.bank.BankManifest;

/**
 * The bank whose names are ranked beside a model's classes. It is mapped, so that its folder has to
 * be one that driver and executors see as a local one.
 *
 * @param folder of the bank
 * @param id of its content
 * @param names that it has
 * @param parts in which they lie
 */
record Vocabulary(String folder, String id, int names, int parts) implements Serializable {
  private static final String NONE = "none";
  private static final String WITHOUT =
      ". Nothing was measured; leave the bank out with evaluate.bank = none";

  private interface Opening {
    OpenVocabulary of(Path folder) throws IOException;
  }

  /**
   * The bank that the configuration asks for, if any.
   *
   * @throws UserError if there is one, but it is not local or does not fit the model
   */
  static Optional<Vocabulary> of(Configuration hadoop, EvaluateConfig config, SpikingModel model) {
    Optional<BankRef> own = config.bank().isEmpty() ? model.bank() : Optional.empty();
    if (config.bank().equals(NONE) || (config.bank().isEmpty() && own.isEmpty())) {
      return Optional.empty();
    }
    String given = own.map(ref -> config.model() + "/" + ref.path()).orElse(config.bank());
    URI uri = new org.apache.hadoop.fs.Path(given).toUri();
    String scheme =
        uri.getScheme() == null ? FileSystem.getDefaultUri(hadoop).getScheme() : uri.getScheme();
    if (!"file".equals(scheme)) {
      throw UserError.usage(
          given
              + " is no local path, and a bank is mapped where it lies: copy it to where the driver"
              + " and all executors see it, and name that with evaluate.bank"
              + WITHOUT);
    }
    if (model.alignment().isEmpty()) {
      throw UserError.data(
          config.model() + " has no alignment.safetensors, which names of a bank need" + WITHOUT);
    }
    String folder = Path.of(uri.getPath()).toAbsolutePath().toString();
    BankManifest bank =
        open(
                folder,
                path ->
                    own.isPresent()
                        ? OpenVocabulary.named(model, path)
                        : OpenVocabulary.open(model, path))
            .bank()
            .manifest();
    return Optional.of(new Vocabulary(folder, bank.id(), bank.rows(), bank.parts().size()));
  }

  /** Opens it in a task. */
  OpenVocabulary open(SpikingModel model) {
    OpenVocabulary names = open(folder, path -> OpenVocabulary.open(model, path));
    if (!names.bank().manifest().id().equals(id)) {
      throw UserError.data(folder + " holds another bank than when the evaluation began" + WITHOUT);
    }
    return names;
  }

  private static OpenVocabulary open(String folder, Opening opening) {
    try {
      return opening.of(Path.of(folder));
    } catch (IOException e) {
      throw new UserError(
          UserError.Kind.DATA,
          folder + " holds no bank that can be used: " + e.getMessage() + WITHOUT,
          e);
    }
  }
}
