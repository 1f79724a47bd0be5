package org.trispike.datasets.shard;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.RecordingFiles;
import org.trispike.datasets.source.SplitRule;

/** Makes a triplet of a row: reads, checks, samples, renders. One a task. */
public final class TripletMaker implements RowMaker<Triplet> {
  private final ShardConfig config;
  private final RecordingFiles files;
  private final int dimension;
  private final Preprocessing preprocessing;
  private final Limits limits;
  private final Contents contents;
  private final RowSources sources;
  private ShardRates pictures = ShardRates.NONE;

  /**
   * @param dimension of the vectors that rows bring along, 0 if they bring none
   */
  public TripletMaker(ShardConfig config, RecordingFiles files, int dimension) {
    this.config = config;
    this.files = files;
    this.dimension = dimension;
    this.preprocessing = config.preprocessing();
    this.sources = new RowSources(files);
    this.limits = config.limits();
    this.contents = Contents.of(config.layout(), files, limits);
  }

  @Override
  public RowKind<Triplet> kind() {
    return RowKind.TRIPLET;
  }

  @Override
  public RecordingFiles files() {
    return files;
  }

  @Override
  public ShardRates pictures() {
    return pictures;
  }

  @Override
  public Triplet read(InputRow row) throws CorruptInputException {
    sources.begin();
    Content content = contents.read(row, dimension);
    checkTexts(row, content.captions());
    PointCloud cloud =
        preprocessing.apply(
            content.shape(),
            ShapeReader.extension(row.path()),
            SplitRule.hash(row.id(), config.seed()));
    long sampled = System.nanoTime();
    List<EncodedImage> images = PictureFiles.read(files, row.images(), limits);
    long checked = System.nanoTime();
    if (images.isEmpty() && content.imageVectors().isEmpty() && config.views() > 0) {
      images = render(content.shape(), ShapeReader.extension(row.path()));
    }
    pictures =
        pictures.merge(
            new ShardRates(
                0,
                0,
                row.images().size(),
                checked - sampled,
                images.size() - row.images().size(),
                System.nanoTime() - checked));
    return new Triplet(
        row.id(),
        row.path(),
        row.category(),
        row.split(),
        Optional.of(cloud),
        images,
        content.captions(),
        content.imageVectors(),
        content.textVectors(),
        sources.of(row));
  }

  private void checkTexts(InputRow row, List<Caption> captions) throws CorruptInputException {
    for (Caption caption : captions) {
      int bytes = caption.text().getBytes(StandardCharsets.UTF_8).length;
      if (bytes > limits.textBytes()) {
        throw new CorruptInputException(
            row.path(),
            Reason.TOO_LARGE,
            "A text of it has " + bytes + " bytes, above " + limits.textBytes());
      }
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
