package org.trispike.datasets.shard;

import java.util.ArrayList;
import java.util.List;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.ShapeReader;
import org.trispike.datasets.format.SourceFiles;
import org.trispike.datasets.format.TextureCache;
import org.trispike.datasets.geometry.Shape;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.source.InputRow;

/** A shape with a file of its own; texts in the row; vectors in .npy files that it names. */
final class FileContents implements Contents {
  private final SourceFiles files;
  private final Limits limits;
  private final TextureCache textures = new TextureCache();

  FileContents(SourceFiles files, Limits limits) {
    this.files = files;
    this.limits = limits;
  }

  @Override
  public Content read(InputRow row, int dimension) throws CorruptInputException {
    Shape shape = ShapeReader.read(files, row.path(), limits, textures);
    return new Content(
        shape,
        captions(row),
        InputVectors.read(files, row.textEmbedding(), dimension),
        InputVectors.read(files, row.imageEmbedding(), dimension));
  }

  /** The row's texts; then its category, unless the input's vectors leave it without one. */
  static List<Caption> captions(InputRow row) {
    List<Caption> captions = new ArrayList<>();
    row.texts().forEach(text -> captions.add(new Caption(text, Caption.TEXT)));
    boolean named = !row.category().isEmpty() && !row.category().equals("other");
    String name = row.category().replace('_', ' ');
    if (named && row.textEmbedding().isEmpty() && !row.texts().contains(name)) {
      captions.add(new Caption(name, Caption.CATEGORY));
    }
    return captions;
  }
}
