package org.trispike.training.observe;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.trispike.datasets.UserError;

/**
 * The group {@code mlflow} of the configuration, and what a run there is told at its beginning.
 *
 * @param trackingUri of the server, http or https
 * @param experiment its name; made if it is not there
 * @param run the run's folder
 * @param parameters settings by their keys
 */
record MlflowConfig(
    URI trackingUri, String experiment, String run, Map<String, String> parameters) {
  MlflowConfig {
    Objects.requireNonNull(run);
    parameters = Map.copyOf(parameters);
    String scheme = String.valueOf(trackingUri.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || trackingUri.getHost() == null) {
      throw UserError.usage(
          "mlflow.tracking-uri is the http or https address of a server, not " + trackingUri);
    }
    if (trackingUri.getRawUserInfo() != null) {
      throw UserError.usage(
          "mlflow.tracking-uri takes no credentials, since the run folder and the report show it;"
              + " they come from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD");
    }
    if (experiment.isBlank()) {
      throw UserError.usage("mlflow.experiment is a name, not empty");
    }
  }

  /** None if no server is named. */
  static Optional<MlflowConfig> from(Config root) {
    String uri = root.getString("mlflow.tracking-uri");
    if (uri.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new MlflowConfig(
              URI.create(uri),
              root.getString("mlflow.experiment"),
              root.getString("run.dir"),
              parameters(root)));
    } catch (IllegalArgumentException e) {
      throw UserError.usage("mlflow.tracking-uri is no address: " + e.getMessage());
    }
  }

  /** The settings that decide a training, as far as they are single values. */
  private static Map<String, String> parameters(Config root) {
    Map<String, String> parameters = new TreeMap<>();
    for (String group : new String[] {"encoder", "pretrain"}) {
      root.getConfig(group)
          .entrySet()
          .forEach(
              entry -> {
                if (entry.getValue().valueType() != ConfigValueType.LIST) {
                  parameters.put(
                      group + "." + entry.getKey(), entry.getValue().unwrapped().toString());
                }
              });
    }
    parameters.put("run.seed", root.getString("run.seed"));
    return parameters;
  }
}
