package org.trispike.training.bank;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.ConfigWords;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.Precision;
import org.trispike.datasets.teacher.TeacherConfig;

/**
 * What {@link EmbedNamesAction} and {@link QuantizeAction} are to do: the group {@code bank} of the
 * configuration.
 *
 * @param names a text file of names, one a line
 * @param model the folder of the model whose classes they could be
 * @param dataset a dataset whose teacher may be the model's
 * @param input the folder of the bank that is quantized
 * @param output the folder for the bank
 * @param namedBy the folder of a model that is to name the quantized bank, or ""
 * @param precision how rows are kept
 * @param queries disturbed rows on which a quantized bank is measured
 * @param templates for the prompts, where the model's provenance does not name any
 * @param resume whether unfinished or finished work of the same input is taken up
 * @param teacher how the model's teacher is run, and where it is if not near the model
 */
public record BankConfig(
    String names,
    String model,
    String dataset,
    String input,
    String output,
    String namedBy,
    Precision precision,
    int queries,
    List<String> templates,
    boolean resume,
    TeacherConfig teacher) {
  public BankConfig {
    Objects.requireNonNull(names);
    Objects.requireNonNull(model);
    Objects.requireNonNull(dataset);
    Objects.requireNonNull(input);
    Objects.requireNonNull(namedBy);
    Objects.requireNonNull(precision);
    Objects.requireNonNull(teacher);
    templates = List.copyOf(templates);
    if (output.isEmpty()) {
      throw UserError.usage("bank.output is missing, the folder for the bank: --out DIR");
    }
    if (queries < 1 || queries > 10_000) {
      throw UserError.usage("bank.queries is in 1..10000, not " + queries);
    }
  }

  /**
   * @throws UserError if a value is not what its key takes
   */
  public static BankConfig from(Config root) {
    String run = root.getString("run.dir");
    String data = root.getString("run.data");
    Config config = root.getConfig("bank");
    String model = config.getString("model");
    return new BankConfig(
        config.getString("names"),
        model.isEmpty() ? run + "/model" : model,
        (data.isEmpty() ? run : data) + "/embedded",
        config.getString("input"),
        config.getString("output"),
        config.getString("named-by"),
        ConfigWords.read(root, "bank.precision", Precision.class),
        config.getInt("queries"),
        root.getStringList("reparameterize.templates"),
        root.getString("run.resume").equals("auto"),
        TeacherConfig.from(root));
  }
}
