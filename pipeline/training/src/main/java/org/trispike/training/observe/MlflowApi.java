package org.trispike.training.observe;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trispike.kernels.io.Json;
import org.trispike.kernels.io.JsonException;

/**
 * The calls of MLflow's REST API 2.0 that a training needs. Whatever goes wrong, the answer's form
 * among it, is an IOException, after {@link #PATIENCE} at most.
 */
final class MlflowApi {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int NOT_FOUND = 404;
  private static final String TAG = "trispike.run";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final String base;
  private final Optional<String> authorization;

  /**
   * @param environment that credentials are looked for in, by the names that MLflow's clients know
   */
  MlflowApi(URI server, Map<String, String> environment) {
    base = server.toString().replaceAll("/+$", "") + "/api/2.0/mlflow/";
    authorization = authorization(environment);
  }

  private static Optional<String> authorization(Map<String, String> environment) {
    String token = environment.get("MLFLOW_TRACKING_TOKEN");
    String user = environment.get("MLFLOW_TRACKING_USERNAME");
    String password = environment.get("MLFLOW_TRACKING_PASSWORD");
    if (token != null) {
      return Optional.of("Bearer " + token);
    }
    if (user == null || password == null) {
      return Optional.empty();
    }
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Optional.of("Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** The id of an experiment, which is made if there is none of that name. */
  String experiment(String name) throws IOException {
    String query = URLEncoder.encode(name, StandardCharsets.UTF_8);
    HttpResponse<String> found =
        send(request("experiments/get-by-name?experiment_name=" + query).GET());
    if (found.statusCode() == NOT_FOUND) {
      return text(post("experiments/create", Map.of("name", name)), "experiment_id");
    }
    return text(answer(found), "experiment", "experiment_id");
  }

  /** The run that carries a key, of a former process. */
  Optional<String> find(String experiment, String key) throws IOException {
    Map<String, Object> found =
        post(
            "runs/search",
            Map.of(
                "experiment_ids",
                List.of(experiment),
                "filter",
                "tags.`" + TAG + "` = '" + key + "'",
                "max_results",
                1));
    return found.get("runs") instanceof List<?> runs && !runs.isEmpty()
        ? Optional.of(text(runs.get(0), "info", "run_id"))
        : Optional.empty();
  }

  /** The id of a new run. */
  String create(String experiment, String name, String key, long millis) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("experiment_id", experiment);
    body.put("run_name", name);
    body.put("start_time", millis);
    body.put("tags", List.of(Map.of("key", TAG, "value", key)));
    return text(post("runs/create", body), "run", "info", "run_id");
  }

  /**
   * Adds to a run.
   *
   * @param kind {@code metrics}, at most 1000, or {@code params}, at most 100
   */
  void log(String run, String kind, List<Map<String, Object>> items) throws IOException {
    var unused = post("runs/log-batch", Map.of("run_id", run, kind, items));
  }

  /**
   * @param facts such as the status, and when it ended
   */
  void update(String run, Map<String, Object> facts) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>(facts);
    body.put("run_id", run);
    var unused = post("runs/update", body);
  }

  private Map<String, Object> post(String call, Map<String, Object> body) throws IOException {
    return answer(
        send(
            request(call)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.writeCompact(body)))));
  }

  private HttpRequest.Builder request(String call) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call)).timeout(PATIENCE);
    authorization.ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", e);
    }
  }

  private static Map<String, Object> answer(HttpResponse<String> response) throws IOException {
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          response.uri().getPath() + " answered " + response.statusCode() + ": " + response.body());
    }
    try {
      return Json.parseObject(response.body());
    } catch (JsonException e) {
      throw new IOException(response.uri().getPath() + " did not answer in JSON", e);
    }
  }

  private static String text(Object answer, String... path) throws IOException {
    Object value = answer;
    for (String name : path) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    if (value == null) {
      throw new IOException("The answer has no " + String.join(".", path));
    }
    return value.toString();
  }
}
