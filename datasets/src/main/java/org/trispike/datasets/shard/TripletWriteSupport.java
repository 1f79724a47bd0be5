package org.trispike.datasets.shard;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/** Takes a triplet apart into the columns of {@link ShardSchema}. */
final class TripletWriteSupport extends WriteSupport<Triplet> {
  private final MessageType schema = ShardSchema.full();
  private final ShardFormat format;
  private RecordConsumer out;

  TripletWriteSupport(ShardFormat format) {
    this.format = format;
  }

  @Override
  public WriteContext init(Configuration conf) {
    return new WriteContext(schema, format.metadata());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    out = consumer;
  }

  @Override
  public void write(Triplet triplet) {
    out.startMessage();
    text(ShardSchema.ID, triplet.id());
    text(ShardSchema.SOURCE, triplet.source());
    text(ShardSchema.CATEGORY, triplet.category());
    text(ShardSchema.SPLIT, triplet.split().word());
    bytes(ShardSchema.POINTS, format.points().pack(triplet.points()));
    list(
        ShardSchema.IMAGES,
        triplet.images(),
        image -> {
          element(0, "view", Binary.fromString(image.view()));
          element(1, "bytes", Binary.fromConstantByteArray(image.bytes()));
        });
    texts(ShardSchema.TEXTS, triplet.texts(), Caption::text, Caption::source, "text", "source");
    texts(
        ShardSchema.FILES, triplet.files(), SourceFile::path, SourceFile::sha256, "path", "sha256");
    vectors(ShardSchema.IMAGE_EMBEDDINGS, triplet.imageEmbeddings());
    vectors(ShardSchema.TEXT_EMBEDDINGS, triplet.textEmbeddings());
    out.endMessage();
  }

  private void vectors(String field, List<float[]> vectors) {
    if (!vectors.isEmpty()) {
      TeacherInfo teacher =
          format
              .teacher()
              .orElseThrow(() -> new IllegalStateException("Vectors in a shard without teacher"));
      bytes(field, teacher.precision().pack(vectors, teacher.dimension()));
    }
  }

  private void text(String field, String value) {
    value(field, Binary.fromString(value));
  }

  private void bytes(String field, byte[] value) {
    value(field, Binary.fromConstantByteArray(value));
  }

  private void value(String field, Binary value) {
    int index = schema.getFieldIndex(field);
    out.startField(field, index);
    out.addBinary(value);
    out.endField(field, index);
  }

  private <T> void texts(
      String field,
      List<T> values,
      Function<T, String> first,
      Function<T, String> second,
      String firstName,
      String secondName) {
    list(
        field,
        values,
        value -> {
          element(0, firstName, Binary.fromString(first.apply(value)));
          element(1, secondName, Binary.fromString(second.apply(value)));
        });
  }

  private <T> void list(String field, List<T> values, Consumer<T> element) {
    int index = schema.getFieldIndex(field);
    out.startField(field, index);
    out.startGroup();
    if (!values.isEmpty()) {
      out.startField("list", 0);
      for (T value : values) {
        out.startGroup();
        out.startField("element", 0);
        out.startGroup();
        element.accept(value);
        out.endGroup();
        out.endField("element", 0);
        out.endGroup();
      }
      out.endField("list", 0);
    }
    out.endGroup();
    out.endField(field, index);
  }

  private void element(int index, String name, Binary value) {
    out.startField(name, index);
    out.addBinary(value);
    out.endField(name, index);
  }
}
