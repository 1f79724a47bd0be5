package org.trispike.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.PathIOException;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.source.RecordingFiles;

final class StoreFailuresTest {
  @Test
  void whatAStoreSaysIsToldFromWhatIsInAFile() {
    assertThat(StoreFailures.is(new AccessDeniedException("s3a://b/x"))).isTrue();
    assertThat(StoreFailures.is(new SocketTimeoutException())).isTrue();
    assertThat(StoreFailures.is(new PathIOException("x"))).isTrue();
    assertThat(StoreFailures.is(new UncheckedIOException(new ConnectException()))).isTrue();
    assertThat(StoreFailures.is(new EOFException())).isFalse();
    assertThat(StoreFailures.is(new FileNotFoundException())).isFalse();
    assertThat(StoreFailures.is(new ChecksumException("x", 0))).isFalse();
    assertThat(StoreFailures.is(new IllegalStateException(new IOException("bad page")))).isFalse();
  }

  @Test
  void aFileOutOfReachIsRememberedWhateverItsReaderMadeOfIt() throws IOException {
    RecordingFiles files = new RecordingFiles(new Unreachable());
    assertThat(files.exists("here")).isTrue();
    assertThatThrownBy(() -> files.read("here", 10)).isInstanceOf(EOFException.class);
    files.checkReached();
    assertThatThrownBy(() -> files.read("away", 10)).isInstanceOf(ConnectException.class);
    assertThatThrownBy(files::checkReached)
        .isInstanceOf(UserError.class)
        .hasMessage("Cannot read the input: no route to away");
  }

  /** Holds one file, which is cut off; the store of all others is down. */
  private static final class Unreachable implements SourceFiles {
    @Override
    public byte[] read(String path, long limitBytes) throws IOException {
      if (exists(path)) {
        throw new EOFException();
      }
      throw new ConnectException("no route to " + path);
    }

    @Override
    public boolean exists(String path) {
      return path.equals("here");
    }
  }
}
