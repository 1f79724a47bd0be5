package org.trispike.datasets.shard;

import java.awt.image.BufferedImage;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Guard;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.Picture;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.PictureAnnotation;
import org.trispike.datasets.source.PictureLabels;
import org.trispike.datasets.source.RecordingFiles;

/** Reads pictures with their boxes, masks and maps of classes. */
final class PictureMaker implements RowMaker<Picture> {
  private final RecordingFiles files;
  private final RowSources sources;
  private final Limits limits;

  PictureMaker(RecordingFiles files, Limits limits) {
    this.limits = limits;
    this.files = files;
    this.sources = new RowSources(files);
  }

  @Override
  public RowKind<Picture> kind() {
    return RowKind.PICTURE;
  }

  @Override
  public RecordingFiles files() {
    return files;
  }

  @Override
  public Picture read(InputRow row) throws CorruptInputException {
    sources.begin();
    EncodedImage image = PictureFiles.read(files, List.of(row.path()), limits).get(0);
    BufferedImage pixels = Images.decode(image.bytes(), limits);
    int width = pixels.getWidth();
    int height = pixels.getHeight();
    Source source = Source.of(files, row.path(), limits);
    PictureLabels labels = ((PictureAnnotation) row.annotation()).read(source, width, height);
    return Guard.run(
        row.path(),
        Reason.BAD_ROW,
        "Joining it with its labels",
        () ->
            new Picture(
                row.id(),
                row.path(),
                row.split(),
                width,
                height,
                image,
                labels.boxes(),
                labels.classes(),
                labels.segments(),
                sources.of(row)));
  }
}
