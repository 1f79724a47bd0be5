package org.trispike.datasets.shard;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.format.pickle.OpenShapeRecord;
import org.trispike.datasets.format.pickle.OpenShapeText;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.source.InputRow;

/**
 * A record of OpenShape: texts, and the vectors of texts and pictures, are its own. A text without
 * features is left out, since vectors that are given are taken for all texts; the thumbnail's
 * vector stands behind those of the views.
 */
final class RecordContents implements Contents {
  private static final String GENERATED = "generated";
  private static final String RETRIEVED = "retrieved";
  private final SourceFiles files;
  private final Limits limits;

  RecordContents(SourceFiles files, Limits limits) {
    this.files = files;
    this.limits = limits;
  }

  @Override
  public Content read(InputRow row, int dimension) throws CorruptInputException {
    OpenShapeRecord shape = OpenShapeRecord.read(Source.of(files, row.path(), limits));
    List<Caption> captions = new ArrayList<>();
    List<float[]> texts = new ArrayList<>();
    shape.texts().forEach(text -> add(text, Caption.TEXT, captions, texts));
    add(shape.blipCaption(), GENERATED, captions, texts);
    add(shape.msftCaption(), GENERATED, captions, texts);
    shape.retrievalTexts().forEach(text -> add(text, RETRIEVED, captions, texts));
    List<float[]> images = new ArrayList<>(shape.imageFeatures());
    if (shape.thumbnailFeature().length > 0) {
      images.add(shape.thumbnailFeature());
    }
    if (texts.isEmpty() && images.isEmpty()) {
      throw new CorruptInputException(
          row.path(), Reason.EMPTY, "It has features of no text and no picture");
    }
    InputVectors.check(row.path(), texts, dimension);
    InputVectors.check(row.path(), images, dimension);
    return new Content(shape.cloud(), captions, texts, images);
  }

  private static void add(
      OpenShapeText text, String source, List<Caption> captions, List<float[]> vectors) {
    if (text.original().length > 0 && !text.text().isBlank()) {
      captions.add(new Caption(text.text(), source));
      vectors.add(text.original());
    }
  }
}
