package org.trispike.datasets.source;

import java.io.Serializable;
import java.util.List;
import org.trispike.datasets.Split;

/**
 * One row of the input; paths are relative to the root of the input.
 *
 * @param line where the row ends in its file, from 1
 * @param id the row's own, or the path of the shape
 * @param images paths of pictures, maybe none
 * @param texts maybe none
 * @param category the label, or ""
 * @param imageEmbedding path of a .npy file with the pictures' vectors, or ""
 * @param textEmbedding path of a .npy file with the texts' vectors, or ""
 */
public record TripletRow(
    long line,
    String id,
    String shape,
    List<String> images,
    List<String> texts,
    String category,
    Split split,
    String imageEmbedding,
    String textEmbedding)
    implements Serializable {
  public TripletRow {
    images = List.copyOf(images);
    texts = List.copyOf(texts);
    // Rows are many and stay in the driver's memory; their categories are few.
    category = category.intern();
  }

  /** A row whose shape is its id, without pictures and texts. */
  static TripletRow of(long line, String shape, String category, Split split) {
    return of(line, shape, shape, category, split);
  }

  /** A row without pictures and texts. */
  static TripletRow of(long line, String id, String shape, String category, Split split) {
    return new TripletRow(line, id, shape, List.of(), List.of(), category, split, "", "");
  }

  /** The file that holds the shape among others, or "" if it has a file of its own. */
  public String container() {
    int hash = shape.lastIndexOf('#');
    String file = hash < 0 ? "" : shape.substring(0, hash);
    return file.endsWith(".h5") || file.endsWith(".hdf5") ? file : "";
  }
}
