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
 * @param rotation rounds in which a rotation of the rows is fitted, 0 for none
 * @param lists of a quantized bank, 0 for none, {@link #AUTO} for as many as suit its rows
 * @param probes lists that a query sees, or {@link #AUTO} for as many as it takes
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
    int rotation,
    int lists,
    int probes,
    List<String> templates,
    boolean resume,
    TeacherConfig teacher) {
  /** Left to the stage. */
  public static final int AUTO = -1;

  private static final int MOST_LISTS = 1 << 16;

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
    if (rotation < 0 || rotation > 100) {
      throw UserError.usage("bank.rotation is in 0..100, not " + rotation);
    }
    if (lists < AUTO || lists > MOST_LISTS) {
      throw UserError.usage("bank.lists is auto or in 0.." + MOST_LISTS + ", not " + lists);
    }
    if (probes < AUTO || probes == 0) {
      throw UserError.usage("bank.probes is auto or positive, not " + probes);
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
        config.getInt("rotation"),
        number(config, "lists"),
        number(config, "probes"),
        root.getStringList("reparameterize.templates"),
        root.getString("run.resume").equals("auto"),
        TeacherConfig.from(root));
  }

  private static int number(Config config, String key) {
    return config.getString(key).equals("auto") ? AUTO : config.getInt(key);
  }

  /**
   * Lists of a bank of so many rows: as asked for, else none below 2^18 rows and from there on the
   * power of two next to √rows.
   */
  int lists(int rows) {
    if (lists != AUTO) {
      return Math.min(lists, rows);
    }
    return rows < 1 << 18 ? 0 : 1 << Math.round(Math.log(rows) / Math.log(4));
  }
}
