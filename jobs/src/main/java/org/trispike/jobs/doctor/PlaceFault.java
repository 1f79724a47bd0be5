package org.trispike.jobs.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Why a place cannot be used, by the kind of the exception: its text may say more than it should.
 */
enum PlaceFault {
  NO_CREDENTIALS(
      "no credentials are found for it",
      "give this process some: the environment (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY), a role"
          + " of the machine or the pod, or spark.hadoop.hadoop.security.credential.provider.path",
      "NoAuthWithAWSException",
      "NoAwsCredentialsException",
      "CredentialInitializationException"),
  NO_CONNECTOR(
      "no file system of that kind is on the class path",
      "--packages org.apache.hadoop:hadoop-aws:3.3.4 before the -- of ./trispike submit, for"
          + " s3a://",
      "ClassNotFoundException",
      "UnsupportedFileSystemException"),
  UNREACHABLE(
      "its server does not answer",
      "check the network, and --set"
          + " 'spark.conf=[\"spark.hadoop.fs.s3a.endpoint=https://HOST:PORT\"]' or the name node",
      "UnknownHostException",
      "ConnectException",
      "ConnectTimeoutException",
      "SocketTimeoutException",
      "NoRouteToHostException"),
  DENIED(
      "access is denied",
      "give the user or role of this process the right to read, and to write and delete below"
          + " run.dir (deploy/README.md lists what a bucket's policy must allow)",
      "AccessDeniedException",
      "AccessControlException",
      "AWSAccessDeniedException"),
  MISSING(
      "it is not there",
      "check its spelling; a bucket must be made first",
      "FileNotFoundException",
      "NoSuchFileException",
      "UnknownStoreException"),
  OTHER("it cannot be used", "look at the server's log, or run the same command later");

  private final String meaning;
  private final String mend;
  private final Set<String> kinds;

  PlaceFault(String meaning, String mend, String... kinds) {
    this.meaning = meaning;
    this.mend = mend;
    this.kinds = Set.of(kinds);
  }

  /** The first that fits any of the causes: S3A wraps the lack of credentials as a denial. */
  static PlaceFault of(Throwable failure) {
    List<String> names = new ArrayList<>();
    for (Throwable t = failure; t != null && names.size() < 16; t = t.getCause()) {
      names.add(t.getClass().getSimpleName());
    }
    for (PlaceFault fault : values()) {
      if (names.stream().anyMatch(fault.kinds::contains)) {
        return fault;
      }
    }
    return OTHER;
  }

  String meaning() {
    return meaning;
  }

  String mend() {
    return mend;
  }
}
