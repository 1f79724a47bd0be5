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
  }
}
