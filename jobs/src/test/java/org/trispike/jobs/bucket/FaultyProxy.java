package org.trispike.jobs.bucket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.apache.spark.sql.SparkSession;

/**
 * Stands between a client of S3 and its server: writes down each request, and answers some with 503
 * or cuts their connection in the middle. A connection carries one request.
 */
final class FaultyProxy implements AutoCloseable {
  private static final byte[] UNAVAILABLE =
      ("HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
          .getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket socket;
  private final int server;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile Predicate<String> refused = request -> false;
  private volatile Predicate<String> cut = request -> false;

  FaultyProxy(int server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  /** A Spark whose buckets are behind this; on the one named brittle it gives up at once. */
  SparkSession.Builder spark(String master) {
    return SparkSession.builder()
        .master(master)
        .appName("bucket")
        .config("spark.ui.enabled", false)
        .config("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + port())
        .config("spark.hadoop.fs.s3a.path.style.access", true)
        .config("spark.hadoop.fs.s3a.bucket.brittle.attempts.maximum", 1)
        .config("spark.hadoop.fs.s3a.bucket.brittle.retry.limit", 1)
        .config("spark.hadoop.fs.s3a.bucket.brittle.retry.interval", "1ms")
        .config("spark.hadoop.fs.s3a.bucket.brittle.retry.throttle.limit", 1)
        .config("spark.hadoop.fs.s3a.bucket.brittle.retry.throttle.interval", "1ms");
  }

  /** The method and path of each request since the last call of this, in order. */
  List<String> requests() {
    List<String> all = List.copyOf(requests);
    requests.clear();
    return all;
  }

  /** Requests that are answered with 503. */
  void refuse(Predicate<String> requests) {
    refused = requests;
  }

  /** Requests whose connection is reset in the middle of their body. */
  void cut(Predicate<String> requests) {
    cut = requests;
  }

  void heal() {
    refused = request -> false;
    cut = request -> false;
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        start(() -> serve(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server)) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      String head = head(in);
      String request = head.substring(0, Math.max(0, head.indexOf(" HTTP/")));
      requests.add(request);
      if (refused.test(request)) {
        in.skipNBytes(expects(head) ? 0 : length(head));
        client.getOutputStream().write(UNAVAILABLE);
        return;
      }
      OutputStream out = upstream.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      start(() -> pump(upstream, client));
      long body = length(head);
      if (cut.test(request)) {
        copy(in, out, body / 2);
        // A close without lingering is a reset.
        client.setSoLinger(true, 0);
        return;
      }
      copy(in, out, body);
      // The client closes when it has its answer.
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // Either side is free to leave.
      return;
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // Either side is free to leave.
      return;
    }
  }

  /** The head of a request, without the empty line at its end. */
  private static String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("A request ended in its head");
      }
      head.write(next);
    }
    String text = head.toString(StandardCharsets.ISO_8859_1);
    return text.substring(0, text.length() - 2).replaceAll("(?i)(?m)^Connection:.*\r\n", "");
  }

  private static boolean expects(String head) {
    return head.toLowerCase(Locale.ROOT).contains("\r\nexpect: 100-continue");
  }

  private static long length(String head) {
    return head.lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElse(0);
  }

  private static void copy(InputStream in, OutputStream out, long bytes) throws IOException {
    byte[] buffer = new byte[1 << 14];
    for (long left = bytes; left > 0; ) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        return;
      }
      out.write(buffer, 0, read);
      out.flush();
      left -= read;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
