package org.trispike.jobs.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.AccessDeniedException;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.fs.s3a.UnknownStoreException;
import org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException;
import org.junit.jupiter.api.Test;

final class PlaceFaultTest {
  @Test
  void tellsFailuresByTheirKind() {
    assertThat(PlaceFault.of(new AccessDeniedException("s3a://b"))).isEqualTo(PlaceFault.DENIED);
    assertThat(PlaceFault.of(new FileNotFoundException("x"))).isEqualTo(PlaceFault.MISSING);
    assertThat(PlaceFault.of(new UnknownStoreException("s3a://b", "no")))
        .isEqualTo(PlaceFault.MISSING);
    assertThat(PlaceFault.of(new UnsupportedFileSystemException("s3a")))
        .isEqualTo(PlaceFault.NO_CONNECTOR);
    assertThat(PlaceFault.of(new IOException("wrapped", new ConnectException("refused"))))
        .isEqualTo(PlaceFault.UNREACHABLE);
    assertThat(PlaceFault.of(new IOException("odd"))).isEqualTo(PlaceFault.OTHER);
  }

  @Test
  void aDenialForLackOfCredentialsIsThat() {
    Exception denied = new AccessDeniedException("s3a://b");
    denied.initCause(new NoAuthWithAWSException("no provider has any"));
    assertThat(PlaceFault.of(denied)).isEqualTo(PlaceFault.NO_CREDENTIALS);
  }
}
