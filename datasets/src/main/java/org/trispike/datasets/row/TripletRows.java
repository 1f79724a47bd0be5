package org.trispike.datasets.row;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.trispike.datasets.format.Images;
import org.trispike.datasets.geometry.PointCloud;

/** The columns of {@link Triplet}. */
final class TripletRows implements RowKind<Triplet> {
  private static final String POINTS = "points";
  private static final String IMAGES = "images";
  private static final String TEXTS = "texts";
  private static final String IMAGE_EMBEDDINGS = "image_embeddings";
  private static final String TEXT_EMBEDDINGS = "text_embeddings";

  /** float16 keeps the length of a vector to about this. */
  private static final double LENGTH_ERROR = 2e-3;

  @Override
  public String word() {
    return "triplet";
  }

  @Override
  public String noun() {
    return "shapes";
  }

  @Override
  public MessageType schema(Set<Column> columns) {
    List<Type> fields = Fields.common();
    if (columns.contains(Column.POINTS)) {
      fields.add(Fields.bytes(POINTS));
    }
    fields.add(
        columns.contains(Column.IMAGES)
            ? Fields.list(IMAGES, Fields.text("view"), Fields.bytes("bytes"))
            : Fields.list(IMAGES, Fields.text("view")));
    fields.add(Fields.list(TEXTS, Fields.text("text"), Fields.text("source")));
    if (columns.contains(Column.FILES)) {
      fields.add(Fields.files());
    }
    if (columns.contains(Column.IMAGE_EMBEDDINGS)) {
      fields.add(Fields.optionalBytes(IMAGE_EMBEDDINGS));
    }
    if (columns.contains(Column.TEXT_EMBEDDINGS)) {
      fields.add(Fields.optionalBytes(TEXT_EMBEDDINGS));
    }
    return new MessageType(word(), fields);
  }

  @Override
  public void write(Triplet triplet, ShardFormat format, RowWriter out) {
    out.common(triplet);
    out.bytes(POINTS, format.points().pack(triplet.points()));
    out.list(
        IMAGES,
        triplet.images(),
        image -> {
          out.elementText("view", image.view());
          out.elementBytes("bytes", image.bytes());
        });
    out.list(
        TEXTS,
        triplet.texts(),
        text -> {
          out.elementText("text", text.text());
          out.elementText("source", text.source());
        });
    out.files(triplet);
    vectors(IMAGE_EMBEDDINGS, triplet.imageEmbeddings(), format, out);
    vectors(TEXT_EMBEDDINGS, triplet.textEmbeddings(), format, out);
  }

  private static void vectors(
      String field, List<float[]> vectors, ShardFormat format, RowWriter out) {
    if (!vectors.isEmpty()) {
      TeacherInfo teacher = teacher(format);
      out.bytes(field, teacher.precision().pack(vectors, teacher.dimension()));
    }
  }

  @Override
  public Triplet read(RowValues values, int row, Set<Column> columns, ShardFormat format) {
    boolean images = columns.contains(Column.IMAGES);
    return new Triplet(
        values.text(Fields.ID, row),
        values.text(Fields.SOURCE, row),
        values.text(Fields.CATEGORY, row),
        values.split(row),
        columns.contains(Column.POINTS)
            ? Optional.of(format.points().unpack(values.buffer(POINTS, row)))
            : Optional.empty(),
        values.list(
            IMAGES,
            row,
            image ->
                new EncodedImage(image.text("view"), images ? image.bytes("bytes") : new byte[0])),
        values.list(TEXTS, row, text -> new Caption(text.text("text"), text.text("source"))),
        columns.contains(Column.IMAGE_EMBEDDINGS)
            ? vectors(values.optionalBytes(IMAGE_EMBEDDINGS, row), format)
            : List.of(),
        columns.contains(Column.TEXT_EMBEDDINGS)
            ? vectors(values.optionalBytes(TEXT_EMBEDDINGS, row), format)
            : List.of(),
        columns.contains(Column.FILES) ? values.files(row) : List.of());
  }

  private static List<float[]> vectors(Optional<byte[]> packed, ShardFormat format) {
    return packed
        .map(bytes -> teacher(format).precision().unpack(bytes, teacher(format).dimension()))
        .orElse(List.of());
  }

  private static TeacherInfo teacher(ShardFormat format) {
    return format
        .teacher()
        .orElseThrow(() -> new IllegalStateException("Vectors in a shard without teacher"));
  }

  @Override
  public void check(Triplet row, RowFindings findings) {
    findings.count("points", row.points().points());
    findings.count("pictures", row.images().size());
    findings.count("texts", row.texts().size());
    findings.count("vectors", row.imageEmbeddings().size() + row.textEmbeddings().size());
    findings.check(inside(row.points()), "row '%s' has points beyond the unit sphere", row.id());
    for (EncodedImage image : row.images()) {
      findings.check(
          Images.isPicture(image.bytes()),
          "picture %s of row '%s' is neither PNG nor JPEG",
          image.view(),
          row.id());
    }
    boolean each =
        row.textEmbeddings().isEmpty() || row.textEmbeddings().size() == row.texts().size();
    findings.check(each, "row '%s' has not one vector a text", row.id());
    for (float[] vector : row.imageEmbeddings()) {
      findings.check(
          unit(vector), "row '%s' has a picture's vector that is not of length one", row.id());
    }
    for (float[] vector : row.textEmbeddings()) {
      findings.check(
          unit(vector), "row '%s' has a text's vector that is not of length one", row.id());
    }
  }

  private static boolean inside(PointCloud cloud) {
    for (float value : cloud.xyz()) {
      if (!(Math.abs(value) <= 1.001f)) {
        return false;
      }
    }
    return true;
  }

  private static boolean unit(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    return Math.abs(Math.sqrt(square) - 1) <= LENGTH_ERROR;
  }
}
