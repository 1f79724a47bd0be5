package org.trispike.datasets.teacher.onnx;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Files that are not this machine's, as far as a program can tell: {@code remote:/path}. */
public final class RemoteFiles extends FilterFileSystem {
  public RemoteFiles() {
    super(new RawLocalFileSystem());
  }

  static Configuration configuration() {
    Configuration conf = new Configuration();
    conf.setClass("fs.remote.impl", RemoteFiles.class, org.apache.hadoop.fs.FileSystem.class);
    return conf;
  }

  @Override
  public void initialize(URI name, Configuration conf) throws IOException {
    fs.initialize(URI.create("file:///"), conf);
    setConf(conf);
  }

  @Override
  public URI getUri() {
    return URI.create("remote:///");
  }

  @Override
  public Path makeQualified(Path path) {
    return path.makeQualified(getUri(), new Path("/"));
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return fs.open(local(path), bufferSize);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return fs.getFileStatus(local(path));
  }

  private static Path local(Path path) {
    return new Path(path.toUri().getPath());
  }
}
