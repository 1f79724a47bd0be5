package org.trispike.datasets.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.store.ArtefactFolder;

/** Files below a folder on any of Hadoop's file systems. */
public final class HadoopFiles implements SourceFiles {
  private final FileSystem files;
  private final Path root;

  public HadoopFiles(Configuration conf, String root) throws IOException {
    this.root = new Path(root);
    this.files = ArtefactFolder.fileSystem(conf, this.root);
  }

  @Override
  public byte[] read(String path, long limitBytes) throws IOException {
    Path file = resolve(path);
    FileStatus status = files.getFileStatus(file);
    if (status.isDirectory()) {
      throw new FileNotFoundException(path + " is a folder");
    }
    int most = (int) Math.min(limitBytes, Integer.MAX_VALUE - 8);
    if (status.getLen() > most) {
      throw new IOException(path + " has " + status.getLen() + " bytes, above " + most);
    }
    try (InputStream in = files.open(file)) {
      return in.readNBytes(most);
    }
  }

  @Override
  public boolean exists(String path) throws IOException {
    return files.exists(resolve(path));
  }

  /** A path below the root; names may hold anything but a way out. */
  private Path resolve(String path) throws IOException {
    boolean leaves = path.startsWith("/") || path.contains(":/");
    int depth = 0;
    for (String part : path.split("/")) {
      depth += part.equals("..") ? -1 : part.equals(".") || part.isEmpty() ? 0 : 1;
      leaves |= depth < 0;
    }
    if (leaves) {
      throw new IOException(
          path + " leads out of " + root + "; set data.root to the folder that holds the files");
    }
    // The three-part constructor takes the path as it is: ':' and '%' are no URI syntax in it.
    return new Path(root, new Path(null, null, path));
  }
}
