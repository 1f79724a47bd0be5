package org.trispike.training.observe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** As much of an MLflow server as a training asks for, with the limits of the real one. */
final class MlflowServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String PREFIX = "/api/2.0/mlflow/";

  final List<String> calls = new ArrayList<>();
  final Map<String, String> experiments = new LinkedHashMap<>();
  final List<Run> runs = new ArrayList<>();
  private final HttpServer server;
  private boolean broken;

  /** A run as the server keeps it; metrics are {@code KEY@STEP}. */
  static final class Run {
    final String experiment;
    private final String tag;
    String status = "RUNNING";
    final Map<String, String> params = new LinkedHashMap<>();
    final Map<String, Double> metrics = new LinkedHashMap<>();

    Run(String experiment, String tag) {
      this.experiment = experiment;
      this.tag = tag;
    }
  }

  MlflowServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(PREFIX, this::handle);
    server.start();
  }

  String uri() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** From here on every call fails, or none does. */
  synchronized void breaks(boolean now) {
    broken = now;
  }

  private synchronized void handle(HttpExchange exchange) throws IOException {
    String call = exchange.getRequestURI().getPath().substring(PREFIX.length());
    calls.add(exchange.getRequestMethod() + " " + call);
    byte[] body = exchange.getRequestBody().readAllBytes();
    String answer = broken ? null : answer(call, exchange.getRequestURI().getQuery(), body);
    byte[] bytes = String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
    int status = broken ? 503 : answer == null ? 404 : 200;
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private String answer(String call, String query, byte[] body) throws IOException {
    JsonNode json = body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
    return switch (call) {
      case "experiments/get-by-name" -> experiment(query.substring("experiment_name=".length()));
      case "experiments/create" -> {
        experiments.put(json.required("name").asText(), "7");
        yield "{\"experiment_id\": \"7\"}";
      }
      case "runs/search" -> found(json.required("filter").asText());
      case "runs/create" -> created(json);
      case "runs/log-batch" -> log(run(json), json);
      case "runs/update" -> {
        run(json).status = json.required("status").asText();
        yield "{}";
      }
      default -> null;
    };
  }

  private String experiment(String name) {
    String id = experiments.get(name);
    return id == null ? null : "{\"experiment\": {\"experiment_id\": \"" + id + "\"}}";
  }

  private String found(String filter) {
    return runs.stream()
        .filter(run -> filter.equals("tags.`trispike.run` = '" + run.tag + "'"))
        .findFirst()
        .map(run -> "{\"runs\": [" + info(run) + "]}")
        .orElse("{}");
  }

  private String created(JsonNode json) {
    JsonNode tag = json.required("tags").get(0);
    runs.add(new Run(json.required("experiment_id").asText(), tag.required("value").asText()));
    return "{\"run\": " + info(runs.get(runs.size() - 1)) + "}";
  }

  private String info(Run run) {
    return "{\"info\": {\"run_id\": \"run-" + runs.indexOf(run) + "\"}}";
  }

  private Run run(JsonNode json) {
    return runs.get(Integer.parseInt(json.required("run_id").asText().substring(4)));
  }

  private static String log(Run run, JsonNode json) {
    if (json.path("metrics").size() > 1000 || json.path("params").size() > 100) {
      return null;
    }
    json.path("params")
        .forEach(p -> run.params.put(p.required("key").asText(), p.required("value").asText()));
    for (JsonNode metric : json.path("metrics")) {
      String key = metric.required("key").asText() + "@" + metric.required("step").asInt();
      run.metrics.put(key, metric.required("value").asDouble());
    }
    return "{}";
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
