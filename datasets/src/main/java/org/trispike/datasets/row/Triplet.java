package org.trispike.datasets.row;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.Split;
import org.trispike.datasets.geometry.PointCloud;

/**
 * One row of a shard: a shape as points, its pictures and its texts, and, once they are embedded, a
 * vector for each picture and each text.
 *
 * @param id unique in the dataset
 * @param source the path of the shape, relative to the root of the input
 * @param category the label, or "" where there is none
 * @param cloud the points; absent where the reader was not asked for them
 * @param images the pictures, in the order of the input or of the views
 * @param texts the row's own texts, then the category's name if it has one
 * @param imageEmbeddings a unit vector for each image, or empty where they are not embedded or read
 * @param textEmbeddings a unit vector for each text, or empty where they are not embedded or read
 * @param files the files that this row was made from
 */
public record Triplet(
    String id,
    String source,
    String category,
    Split split,
    Optional<PointCloud> cloud,
    List<EncodedImage> images,
    List<Caption> texts,
    List<float[]> imageEmbeddings,
    List<float[]> textEmbeddings,
    List<SourceFile> files)
    implements Row {
  public Triplet {
    Objects.requireNonNull(id);
    Objects.requireNonNull(source);
    Objects.requireNonNull(category);
    Objects.requireNonNull(split);
    Objects.requireNonNull(cloud);
    images = List.copyOf(images);
    texts = List.copyOf(texts);
    imageEmbeddings = List.copyOf(imageEmbeddings);
    textEmbeddings = List.copyOf(textEmbeddings);
    files = List.copyOf(files);
  }

  /** The points, which the reader must have been asked for. */
  public PointCloud points() {
    return cloud.orElseThrow(() -> new IllegalStateException("Points of " + id + " were not read"));
  }

  /** This row with these vectors, one for each image and one for each text. */
  public Triplet withEmbeddings(List<float[]> images, List<float[]> texts) {
    return new Triplet(
        id, source, category, split, cloud, this.images, this.texts, images, texts, files);
  }
}
