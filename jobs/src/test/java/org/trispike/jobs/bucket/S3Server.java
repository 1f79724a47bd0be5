package org.trispike.jobs.bucket;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * S3Proxy with objects in memory, in a process and on a class path of its own. Its credentials are
 * those that the build puts into this process's environment.
 */
final class S3Server implements AutoCloseable {
  static final String IDENTITY = System.getenv("AWS_ACCESS_KEY_ID");
  static final String SECRET = System.getenv("AWS_SECRET_ACCESS_KEY");
  private static final long START_MILLIS = 60_000;

  private final int port;
  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();

  private S3Server(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  static S3Server start(Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path properties = folder.resolve("s3proxy.properties");
    Files.writeString(
        properties,
        """
        s3proxy.endpoint=http://127.0.0.1:%d
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=transient
        jclouds.identity=unused
        jclouds.credential=unused
        """
            .formatted(port, IDENTITY, SECRET));
    Path logging = folder.resolve("logback.xml");
    Files.writeString(logging, "<configuration><root level=\"OFF\"/></configuration>");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dlogback.configurationFile=" + logging,
            "-cp",
            System.getProperty("trispike.s3proxy") + "/*",
            "org.gaul.s3proxy.Main",
            "--properties",
            properties.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("s3proxy.log").toFile())
            .start();
    S3Server server = new S3Server(port, process);
    server.await(folder.resolve("s3proxy.log"));
    return server;
  }

  private void await(Path log) throws IOException, InterruptedException {
    long end = System.currentTimeMillis() + START_MILLIS;
    while (process.isAlive() && System.currentTimeMillis() < end) {
      try {
        request("GET", "/");
        return;
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    close();
    throw new IOException("S3Proxy did not start: " + Files.readString(log));
  }

  int port() {
    return port;
  }

  void makeBucket(String name) throws IOException, InterruptedException {
    request("PUT", "/" + name);
  }

  /** How many uploads of a bucket are neither completed nor given up. */
  int pendingUploads(String bucket) throws IOException, InterruptedException {
    return request("GET", "/" + bucket + "?uploads").split("<Upload>", -1).length - 1;
  }

  /** A request signed by hand, as version 2 of S3's signatures has it. */
  private String request(String method, String resource) throws IOException, InterruptedException {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    String signed = method + "\n\n\n\nx-amz-date:" + date + "\n" + resource;
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + resource))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("x-amz-date", date)
                .header("Authorization", "AWS " + IDENTITY + ":" + signature(signed))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(method + " " + resource + ": " + response.body());
    }
    return response.body();
  }

  private static String signature(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
      return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA1", e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
