package org.trispike.datasets.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.trispike.datasets.UserError;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Sha256;

/**
 * All files below a folder.
 *
 * @param root the folder
 * @param sizes in bytes by path, relative to the root with {@code /} between its parts, sorted
 */
record FileListing(String root, SortedMap<String, Long> sizes) {

  /**
   * @throws UserError if there is no such folder, or it holds no file
   */
  static FileListing of(Configuration conf, String root) {
    if (root.isEmpty()) {
      throw UserError.usage("data.root is not set: name the folder of the collection");
    }
    SortedMap<String, Long> sizes = new TreeMap<>();
    try {
      Path folder = new Path(root);
      FileSystem files = ArtefactFolder.fileSystem(conf, folder);
      String prefix = files.makeQualified(folder).toUri().getPath();
      RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        String path = file.getPath().toUri().getPath();
        sizes.put(path.substring(prefix.length()).replaceFirst("^/", ""), file.getLen());
      }
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA, "data.root: there is no folder " + root + "; nothing was done", e);
    } catch (IOException e) {
      throw UserError.environment("Cannot list " + root + ": " + e.getMessage(), e);
    }
    if (sizes.isEmpty()) {
      throw UserError.data(root + " holds no file; nothing was done");
    }
    return new FileListing(root, sizes);
  }

  /** Changes whenever a file comes, goes, or changes its size. */
  String sha256() {
    MessageDigest digest = Sha256.digest();
    for (Map.Entry<String, Long> file : sizes.entrySet()) {
      digest.update(
          (file.getKey() + "\t" + file.getValue() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Sha256.hex(digest);
  }

  boolean contains(String path) {
    return sizes.containsKey(path);
  }

  UserError holdsNo(String what) {
    return UserError.data(root + " holds no " + what + "; nothing was done");
  }
}
