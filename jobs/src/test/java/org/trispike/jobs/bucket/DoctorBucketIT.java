package org.trispike.jobs.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.jobs.Main;
import org.trispike.jobs.StandardStreams;

/**
 * Doctor on run folders in buckets: one that is there, one that is not, one that is out of reach.
 */
final class DoctorBucketIT {
  @TempDir private static Path folder;
  private static S3Server server;

  @RegisterExtension private final StandardStreams streams = new StandardStreams();

  @BeforeAll
  static void begin() throws Exception {
    server = S3Server.start(folder);
    server.makeBucket("healthy");
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @AfterEach
  void tellsNoSecret() {
    assertThat(streams.out()).doesNotContain(S3Server.SECRET, S3Server.IDENTITY);
  }

  private List<String> examine(int code, String bucket, int port) {
    String conf =
        "spark.conf=[\"spark.hadoop.fs.s3a.endpoint=http://127.0.0.1:%d\","
            + " \"spark.hadoop.fs.s3a.path.style.access=true\"]";
    String run = "run.dir=s3a://" + bucket + "/runs/x";
    String s3 = conf.formatted(port);
    assertThat(Main.run("doctor", "--master", "local[1]", "--set", run, "--set", s3))
        .isEqualTo(code);
    return streams.out().lines().toList();
  }

  @Test
  void findsABucketThatCanBeWrittenTo() throws Exception {
    assertThat(examine(0, "healthy", server.port()))
        .contains(
            "ok    storage    run.dir = s3a://healthy/runs/x: can be written to",
            "ok    committer  s3a://healthy/runs/x: S3A's magic committer is in force");
    assertThat(server.pendingUploads("healthy")).isZero();
  }

  @Test
  void tellsABucketThatIsNotThere() {
    assertThat(examine(4, "nowhere", server.port()))
        .anyMatch(
            line ->
                line.startsWith(
                        "fail  storage    run.dir = s3a://nowhere/runs/x: it is not there (")
                    && line.contains("Mend: "));
  }

  @Test
  void tellsAServerThatDoesNotAnswer() {
    assertThat(examine(4, "healthy", 1))
        .anyMatch(line -> line.contains("its server does not answer ("));
  }
}
