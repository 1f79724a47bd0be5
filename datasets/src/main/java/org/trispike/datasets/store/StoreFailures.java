package org.trispike.datasets.store;

import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hadoop.fs.ChecksumException;

/**
 * Tells what a file system could not do from what is wrong with the bytes of a file. A store that
 * is out of reach says nothing of the file: to take it for damaged would drop good rows.
 */
public final class StoreFailures {
  private static final String HADOOP = "org.apache.hadoop.";

  private StoreFailures() {}

  /** Whether {@code failure}, or what caused it, is one of the store: another try may succeed. */
  public static boolean is(Throwable failure) {
    return find(failure).isPresent();
  }

  /** What a file system says that it could not do, among {@code failure} and its causes. */
  static Optional<Throwable> find(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof InterruptedIOException
          || t instanceof SocketException
          || t instanceof UnknownHostException
          || t instanceof SSLException
          || t instanceof AccessDeniedException
          || isHadoops(t)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  /** Hadoop's file systems have classes of their own for what their services answer. */
  private static boolean isHadoops(Throwable t) {
    return t.getClass().getName().startsWith(HADOOP) && !(t instanceof ChecksumException);
  }
}
