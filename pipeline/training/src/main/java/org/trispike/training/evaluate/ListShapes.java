package org.trispike.training.evaluate;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.row.Caption;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.datasets.row.Triplet;
import org.trispike.datasets.shard.OnBadRow;
import org.trispike.datasets.shard.ShardConfig;
import org.trispike.datasets.shard.TripletMaker;
import org.trispike.datasets.source.BadRow;
import org.trispike.datasets.source.HadoopFiles;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.RecordingFiles;
import org.trispike.datasets.teacher.Teacher;
import org.trispike.datasets.teacher.TextSide;

/** The shapes of a list, some rows a unit: read, checked and sampled as {@code shard} does it. */
final class ListShapes implements Shapes<ListShapes.Rows> {
  private static final long serialVersionUID = 1L;

  /** Rows of a unit: fixed, since sums are taken unit by unit. */
  private static final int ROWS = 32;

  private final ShardConfig config;
  private final boolean embeds;
  private final int dimension;
  private final ModelTeacher teacher;

  /** Some rows of the list, one after the other. */
  record Rows(List<InputRow> rows) implements Serializable {
    Rows {
      rows = List.copyOf(rows);
    }

    static List<Rows> of(List<InputRow> all) {
      List<Rows> units = new ArrayList<>();
      for (int i = 0; i < all.size(); i += ROWS) {
        units.add(new Rows(all.subList(i, Math.min(all.size(), i + ROWS))));
      }
      return units;
    }
  }

  /**
   * @param config with the model's points and up axis
   * @param embeds whether the teacher makes the vectors; otherwise they are those that rows bring
   *     along
   * @param dimension of the vectors that rows bring along
   */
  ListShapes(ShardConfig config, boolean embeds, int dimension, ModelTeacher teacher) {
    this.config = config;
    this.embeds = embeds;
    this.dimension = dimension;
    this.teacher = teacher;
  }

  @Override
  public void read(Configuration conf, Rows unit, Consumer<Triplet> shapes, Consumer<BadRow> bad)
      throws IOException {
    RecordingFiles files = new RecordingFiles(new HadoopFiles(conf, config.root()));
    TripletMaker maker = new TripletMaker(config, files, dimension);
    Map<String, float[]> known = new HashMap<>();
    try (TextSide texts = embeds ? teacher.texts(conf).orElseThrow() : null;
        Teacher images = embeds ? teacher.open(conf).orElse(null) : null) {
      for (InputRow row : unit.rows()) {
        Triplet triplet;
        try {
          triplet = maker.make(embeds ? withoutVectors(row) : row);
        } catch (CorruptInputException e) {
          bad.accept(bad(row, e));
          continue;
        }
        shapes.accept(embeds ? embedded(triplet, texts, images, known) : triplet);
      }
    }
  }

  /** Vectors of another teacher than the model's are of no use. */
  private static InputRow withoutVectors(InputRow row) {
    return new InputRow(
        row.line(),
        row.id(),
        row.path(),
        row.images(),
        row.texts(),
        row.category(),
        row.split(),
        "",
        "");
  }

  private static Triplet embedded(
      Triplet triplet, TextSide side, Teacher teacher, Map<String, float[]> known) {
    List<float[]> texts =
        triplet.texts().stream()
            .map(Caption::text)
            .map(text -> known.computeIfAbsent(text, side::embed))
            .toList();
    List<byte[]> pictures = triplet.images().stream().map(EncodedImage::bytes).toList();
    List<float[]> images =
        teacher == null ? List.of() : Arrays.asList(teacher.embedImages(pictures));
    return triplet.withEmbeddings(images, texts);
  }

  private BadRow bad(InputRow row, CorruptInputException e) {
    BadRow bad = new BadRow(e.file(), row.line(), row.id(), e.reason().name(), e.getMessage());
    if (config.onBadRow() == OnBadRow.FAIL) {
      throw failure(config.triplets(), bad);
    }
    return bad;
  }

  static UserError failure(String list, BadRow bad) {
    return UserError.data(
        list
            + ", line "
            + bad.line()
            + ": "
            + bad.reason()
            + " in "
            + bad.file()
            + ": "
            + bad.message()
            + ". No evaluation was published. Repair or remove the row and run again, or set"
            + " data.on-bad-row=quarantine");
  }
}
