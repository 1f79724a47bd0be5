package org.trispike.datasets.shard;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.row.PointLayout;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.ShardFormat;
import org.trispike.datasets.row.TeacherInfo;
import org.trispike.datasets.store.ArtefactFolder;
import org.trispike.kernels.io.Sha256;

/**
 * {@code dataset.json}: what a dataset folder holds. It is written last, so a folder without it is
 * no dataset.
 *
 * @param format what the bytes of all shards mean
 * @param shards in the order of their paths
 * @param quarantine rows left out, by reason code
 * @param categories rows by category, all splits together
 * @param classes the names of the numbers that label points or pixels; empty where none are
 * @param provenance what it was made of and by what: settings, hashes, the version of the program
 */
public record DatasetManifest(
    ShardFormat format,
    List<ShardInfo> shards,
    SortedMap<String, Long> quarantine,
    SortedMap<String, Long> categories,
    SortedMap<Integer, String> classes,
    SortedMap<String, String> provenance) {
  /** The name of the file. */
  public static final String FILE = "dataset.json";

  /** The key of the provenance that tells one input and configuration from another. */
  public static final String FINGERPRINT = "fingerprint";

  public DatasetManifest {
    Objects.requireNonNull(format);
    shards = List.copyOf(shards);
    quarantine = Collections.unmodifiableSortedMap(new TreeMap<>(quarantine));
    categories = Collections.unmodifiableSortedMap(new TreeMap<>(categories));
    classes = Collections.unmodifiableSortedMap(new TreeMap<>(classes));
    provenance = Collections.unmodifiableSortedMap(new TreeMap<>(provenance));
  }

  /** Of triplets. */
  public DatasetManifest(
      PointLayout points,
      Optional<TeacherInfo> teacher,
      List<ShardInfo> shards,
      SortedMap<String, Long> quarantine,
      SortedMap<String, Long> categories,
      SortedMap<String, String> provenance) {
    this(
        new ShardFormat(points, teacher),
        shards,
        quarantine,
        categories,
        new TreeMap<>(),
        provenance);
  }

  /** What the rows are. */
  public RowKind<?> kind() {
    return format.kind();
  }

  /** How the shards hold the points of triplets. */
  public PointLayout points() {
    return format.points();
  }

  /** Whose vectors the shards hold; none before {@code embed}. */
  public Optional<TeacherInfo> teacher() {
    return format.teacher();
  }

  /** The dataset's identity: the hash of the shards' hashes, in the order of their paths. */
  public String id() {
    return Sha256.of(shards.stream().map(ShardInfo::sha256).collect(Collectors.joining("\n")));
  }

  public List<ShardInfo> shards(Split split) {
    return shards.stream().filter(shard -> shard.split() == split).toList();
  }

  public long rows() {
    return shards.stream().mapToLong(ShardInfo::rows).sum();
  }

  public long rows(Split split) {
    return shards(split).stream().mapToLong(ShardInfo::rows).sum();
  }

  public long bytes() {
    return shards.stream().mapToLong(ShardInfo::bytes).sum();
  }

  /** The full path of a shard of the dataset in {@code directory}. */
  public static Path path(String directory, ShardInfo shard) {
    return new Path(new Path(directory), shard.path());
  }

  /**
   * Reads the manifest of a finished dataset.
   *
   * @throws UserError if the folder holds none, or one that this program cannot read
   */
  public static DatasetManifest read(Configuration conf, String directory) {
    Path path = new Path(new Path(directory), FILE);
    try (InputStream in = ArtefactFolder.fileSystem(conf, path).open(path)) {
      return ManifestJson.parse(in.readAllBytes(), path.toString());
    } catch (FileNotFoundException e) {
      throw new UserError(
          UserError.Kind.DATA,
          directory
              + " holds no finished dataset ("
              + FILE
              + " is missing): run or resume the stage that makes it",
          e);
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads the manifest of a finished dataset of triplets.
   *
   * @throws UserError if it is none, or its rows are of another kind
   */
  public static DatasetManifest readTriplets(Configuration conf, String directory) {
    DatasetManifest manifest = read(conf, directory);
    if (manifest.kind() != RowKind.TRIPLET) {
      throw UserError.data(
          directory
              + " holds "
              + manifest.kind().noun()
              + ", and this stage takes "
              + RowKind.TRIPLET.noun()
              + " with texts: make a dataset of a layout that has them");
    }
    return manifest;
  }

  /** Whether every shard is there with its size: one look-up a shard, no bytes read. */
  public void verifySizes(Configuration conf, String directory) {
    for (ShardInfo shard : shards) {
      Path path = path(directory, shard);
      try {
        long size = ArtefactFolder.fileSystem(conf, path).getFileStatus(path).getLen();
        if (size != shard.bytes()) {
          throw corrupt(path, "has " + size + " bytes, the manifest says " + shard.bytes());
        }
      } catch (FileNotFoundException e) {
        throw corrupt(path, "is missing");
      } catch (IOException e) {
        throw UserError.environment("Cannot look at " + path + ": " + e.getMessage(), e);
      }
    }
  }

  /** Whether every shard has the SHA-256 of the manifest: reads all bytes. */
  public void verify(Configuration conf, String directory) {
    verifySizes(conf, directory);
    for (ShardInfo shard : shards) {
      verify(conf, path(directory, shard), shard);
    }
  }

  static void verify(Configuration conf, Path path, ShardInfo shard) {
    try {
      FileSystem files = ArtefactFolder.fileSystem(conf, path);
      try (InputStream in = files.open(path)) {
        String hash = Sha256.of(in);
        if (!hash.equals(shard.sha256())) {
          throw corrupt(path, "has SHA-256 " + hash + ", the manifest says " + shard.sha256());
        }
      }
    } catch (FileNotFoundException e) {
      throw corrupt(path, "is missing");
    } catch (IOException e) {
      throw UserError.environment("Cannot read " + path + ": " + e.getMessage(), e);
    }
  }

  private static UserError corrupt(Path path, String what) {
    return UserError.data(
        "CORRUPT_SHARD: "
            + path
            + " "
            + what
            + "; nothing was used of it. Restore the file, or make the dataset again");
  }

  /** The bytes of the file. */
  public byte[] toJson() {
    return ManifestJson.write(this);
  }

  /** The fingerprint of what is already in a folder, or "" if nothing finished is there. */
  public static String finishedFingerprint(Configuration conf, ArtefactFolder folder) {
    try {
      if (!folder.exists(FILE)) {
        return "";
      }
    } catch (IOException e) {
      throw UserError.environment("Cannot look at " + folder.root() + ": " + e.getMessage(), e);
    }
    return read(conf, folder.root().toString()).provenance().getOrDefault(FINGERPRINT, "");
  }
}
