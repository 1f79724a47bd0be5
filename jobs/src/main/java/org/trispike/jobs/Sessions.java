package org.trispike.jobs;

import com.typesafe.config.Config;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkException;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;
import org.trispike.datasets.UserError;
import org.trispike.training.observe.TrispikePlugin;

/** Opens Spark: the one place that knows its settings. */
final class Sessions {
  /** What keeps secrets out of Spark's pages and logs: its own words, and ours. */
  private static final String REDACTED =
      "(?i)secret|password|token|access[.]?key|encryption[.]key|credential|api[.-]?key";

  /** Settings whose value is itself a secret, rather than where one is found. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(secret|password|token|(access|secret|encryption|api)[.-]?key)$",
          Pattern.CASE_INSENSITIVE);

  private Sessions() {}

  /**
   * Opens a session, or joins the one that spark-submit prepared.
   *
   * @throws UserError if Spark cannot be had, e.g. because no one answers at {@code spark.master}
   */
  static SparkSession open(Config config) {
    return start(conf(config));
  }

  /**
   * How file systems are reached, for what needs no session: what Hadoop's own files and Spark's
   * say, and {@code spark.hadoop.*} in {@code spark.conf}.
   */
  static Configuration hadoop(Config config) {
    return SparkHadoopUtil.get().newConfiguration(conf(config));
  }

  static SparkConf conf(Config config) {
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
    // A write then deletes no markers of the folders above it.
    conf.setIfMissing("spark.hadoop.fs.s3a.directory.marker.retention", "keep");
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
      set(conf, setting);
    }
    observe(conf);
    return conf;
  }

  /** Figures of a training among Spark's own, under names that do not change from run to run. */
  private static void observe(SparkConf conf) {
    String plugin = TrispikePlugin.class.getName();
    String others = conf.get("spark.plugins", "");
    if (!others.contains(plugin)) {
      conf.set("spark.plugins", others.isEmpty() ? plugin : others + "," + plugin);
    }
    conf.setIfMissing("spark.metrics.namespace", "trispike");
    String servlet = "spark.metrics.conf.*.sink.prometheusServlet.";
    conf.setIfMissing(servlet + "class", "org.apache.spark.metrics.sink.PrometheusServlet");
    conf.setIfMissing(servlet + "path", "/metrics/prometheus");
  }

  private static void set(SparkConf conf, String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw UserError.usage("spark.conf wants \"spark.key=value\", not '" + setting + "'");
    }
    String key = setting.substring(0, equals).strip();
    if (SECRET.matcher(key).find()) {
      throw UserError.usage(
          "spark.conf takes no secrets, since the run folder and the report show it: "
              + key
              + ". Credentials come from the environment, ~/.aws/credentials, the machine's role or"
              + " a Hadoop credential provider (deploy/README.md, Buckets)");
    }
    conf.set(key, setting.substring(equals + 1).strip());
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
