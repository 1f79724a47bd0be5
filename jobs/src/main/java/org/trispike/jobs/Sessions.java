package org.trispike.jobs;

import com.typesafe.config.Config;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.UserError;

/** Opens Spark: the one place that knows its settings. */
final class Sessions {
  /** What keeps secrets out of Spark's pages and logs: its own words, and ours. */
  private static final String REDACTED =
      "(?i)secret|password|token|access[.]?key|credential|api[.-]?key";

  private Sessions() {}

  /**
   * Opens a session, or joins the one that spark-submit prepared.
   *
   * @throws UserError if Spark cannot be had, e.g. because no one answers at {@code spark.master}
   */
  static SparkSession open(Config config) {
    SparkConf conf = new SparkConf();
    String master = config.getString("spark.master");
    if (!master.isEmpty()) {
      conf.setMaster(master);
    }
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", config.getString("spark.name"));
    conf.setIfMissing("spark.redaction.regex", REDACTED);
    // Parquet believes its pages unasked unless it is told not to.
    conf.set("spark.hadoop.parquet.page.verify-checksum.enabled", "true");
    conf.set("spark.ui.showConsoleProgress", "false");
    conf.setIfMissing("spark.ui.enabled", Boolean.toString(config.getBoolean("spark.ui")));
    // A round's replicas come back to the driver; the default of 1 GB is too near.
    conf.setIfMissing("spark.driver.maxResultSize", "4g");
    if (conf.get("spark.master").startsWith("local")) {
      // One JVM: nobody outside this machine has business with its ports.
      conf.setIfMissing("spark.driver.host", "127.0.0.1");
      conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    }
    for (String setting : config.getStringList("spark.conf")) {
      int equals = setting.indexOf('=');
      if (equals < 1) {
        throw UserError.usage("spark.conf wants \"spark.key=value\", not '" + setting + "'");
      }
      conf.set(setting.substring(0, equals).strip(), setting.substring(equals + 1).strip());
    }
    return start(conf);
  }

  private static SparkSession start(SparkConf conf) {
    try {
      return SparkSession.builder().config(conf).getOrCreate();
    } catch (Exception e) {
      // Scala hides checked exceptions, so the kind is looked at rather than caught.
      if (e instanceof SparkException || e instanceof IllegalStateException) {
        throw UserError.environment(
            "Spark did not start at " + conf.get("spark.master") + ": " + e.getMessage(), e);
      }
      throw e;
    }
  }
}
