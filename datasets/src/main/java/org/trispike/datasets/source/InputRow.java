package org.trispike.datasets.source;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import org.trispike.datasets.Split;

/**
 * One row of the input; paths are relative to the root of the input.
 *
 * @param line where the row ends in its file, from 1
 * @param id the row's own, or the path of its main file
 * @param path of its main file: the shape, the recording, the scan or the picture
 * @param images paths of pictures beside it, maybe none
 * @param texts maybe none
 * @param category the label, or ""
 * @param imageEmbedding path of a .npy file with the pictures' vectors, or ""
 * @param textEmbedding path of a .npy file with the texts' vectors, or ""
 * @param annotation what else the collection says of it
 */
public record InputRow(
    long line,
    String id,
    String path,
    List<String> images,
    List<String> texts,
    String category,
    Split split,
    String imageEmbedding,
    String textEmbedding,
    Annotation annotation)
    implements Serializable {
  public InputRow {
    images = List.copyOf(images);
    texts = List.copyOf(texts);
    // Rows are many and stay in the driver's memory; their categories are few.
    category = category.intern();
    Objects.requireNonNull(annotation);
  }

  /** A row of which no more is said. */
  public InputRow(
      long line,
      String id,
      String path,
      List<String> images,
      List<String> texts,
      String category,
      Split split,
      String imageEmbedding,
      String textEmbedding) {
    this(
        line,
        id,
        path,
        images,
        texts,
        category,
        split,
        imageEmbedding,
        textEmbedding,
        Annotation.NONE);
  }

  /** A row whose path is its id, without pictures and texts. */
  static InputRow of(long line, String path, String category, Split split) {
    return of(line, path, path, category, split);
  }

  /** A row without pictures and texts. */
  static InputRow of(long line, String id, String path, String category, Split split) {
    return of(line, id, path, category, split, Annotation.NONE);
  }

  /** A row without pictures and texts, of which more is said. */
  static InputRow of(
      long line, String id, String path, String category, Split split, Annotation annotation) {
    return new InputRow(line, id, path, List.of(), List.of(), category, split, "", "", annotation);
  }

  /** The file that holds this row among others, or "" if it has a file of its own. */
  public String container() {
    if (annotation.part()) {
      return path;
    }
    int hash = path.lastIndexOf('#');
    String file = hash < 0 ? "" : path.substring(0, hash);
    return file.endsWith(".h5") || file.endsWith(".hdf5") ? file : "";
  }
}
