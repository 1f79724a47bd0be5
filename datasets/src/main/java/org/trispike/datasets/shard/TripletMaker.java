package org.trispike.datasets.shard;

import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.geometry.PointCloud;
import org.trispike.datasets.geometry.Preprocessing;
import org.trispike.datasets.geometry.Shape;
import org.trispike.datasets.geometry.ViewRenderer;
import org.trispike.datasets.source.RecordingFiles;
import org.trispike.datasets.source.SplitRule;
import org.trispike.datasets.source.TripletRow;

/** Makes a triplet of a row: reads, checks, samples, renders. Counts its time; one a task. */
public final class TripletMaker {
  private final ShardConfig config;
  private final RecordingFiles files;
  private final int dimension;
  private final Preprocessing preprocessing;
  private final Limits limits = Limits.defaults();
  private final Contents contents;
  private final Map<String, String> containers = new HashMap<>();
  private ShardRates rates = ShardRates.NONE;

  /**
   * @param dimension of the vectors that rows bring along, 0 if they bring none
   */
  public TripletMaker(ShardConfig config, RecordingFiles files, int dimension) {
    this.config = config;
    this.files = files;
    this.dimension = dimension;
    this.preprocessing = config.preprocessing();
    this.contents = Contents.of(config.layout(), files, limits);
  }

  ShardRates rates() {
    return rates;
  }

  /**
   * @throws CorruptInputException if any file of the row cannot be used
   * @throws org.trispike.datasets.UserError if the store of the files cannot be reached
   */
  public Triplet make(TripletRow row) throws CorruptInputException {
    try {
      Triplet triplet = read(row);
      files.checkReached();
      return triplet;
    } catch (CorruptInputException e) {
      files.checkReached();
      throw e;
    }
  }

  private Triplet read(TripletRow row) throws CorruptInputException {
    long start = System.nanoTime();
    files.clear();
    Content content = contents.read(row, dimension);
    PointCloud cloud =
        preprocessing.apply(
            content.shape(),
            ShapeReader.extension(row.shape()),
            SplitRule.hash(row.id(), config.seed()));
    long sampled = System.nanoTime();
    List<EncodedImage> images = pictures(row);
    long checked = System.nanoTime();
    if (images.isEmpty() && content.imageVectors().isEmpty() && config.views() > 0) {
      images = render(content.shape(), ShapeReader.extension(row.shape()));
    }
    long rendered = System.nanoTime();
    rates =
        rates.merge(
            new ShardRates(
                1,
                sampled - start,
                row.images().size(),
                checked - sampled,
                images.size() - row.images().size(),
                rendered - checked));
    return new Triplet(
        row.id(),
        row.shape(),
        row.category(),
        row.split(),
        Optional.of(cloud),
        images,
        content.captions(),
        content.imageVectors(),
        content.textVectors(),
        sources(row));
  }

  /**
   * The files that were read for a row; one that stays open for many rows is read for the first.
   */
  private List<SourceFile> sources(TripletRow row) {
    Map<String, String> hashes = files.hashes();
    String container = row.container();
    if (!container.isEmpty()) {
      containers.putAll(hashes);
      hashes.put(container, containers.get(container));
    }
    return hashes.entrySet().stream()
        .map(file -> new SourceFile(file.getKey(), file.getValue()))
        .toList();
  }

  private List<EncodedImage> pictures(TripletRow row) throws CorruptInputException {
    List<EncodedImage> images = new ArrayList<>();
    for (String path : row.images()) {
      byte[] bytes = read(path);
      try {
        var unused = Images.decode(bytes, limits);
      } catch (CorruptInputException e) {
        throw new CorruptInputException(path, e.reason(), e.getMessage());
      }
      images.add(new EncodedImage(path, bytes));
    }
    return images;
  }

  private byte[] read(String path) throws CorruptInputException {
    try {
      return files.read(path, limits.fileBytes());
    } catch (FileNotFoundException e) {
      throw new CorruptInputException(path, Reason.MISSING, "There is no such file");
    } catch (IOException e) {
      throw new CorruptInputException(path, Reason.CORRUPT_INPUT, e.getMessage());
    }
  }

  private List<EncodedImage> render(Shape shape, String extension) {
    List<EncodedImage> images = new ArrayList<>();
    for (BufferedImage view : ViewRenderer.render(shape, config.views(), config.viewSize())) {
      String name = String.format(Locale.ROOT, "render/%02d", images.size());
      images.add(new EncodedImage(name, Images.png(view)));
    }
    return images;
  }
}
