package org.trispike.datasets.row;

import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.MessageType;

/**
 * What the rows of a dataset are: the columns of that kind, and how a row becomes their values and
 * is made of them again. All rows of a dataset are of one kind.
 */
public sealed interface RowKind<R extends Row>
    permits TripletRows, RecordingRows, SceneRows, PictureRows {
  /** Shapes with pictures and texts. */
  RowKind<Triplet> TRIPLET = new TripletRows();

  /** What event cameras recorded. */
  RowKind<Recording> RECORDING = new RecordingRows();

  /** What lidars saw, with boxes or labels of points. */
  RowKind<Scene> SCENE = new SceneRows();

  /** Pictures with boxes, masks or classes of pixels. */
  RowKind<Picture> PICTURE = new PictureRows();

  /** Its name in files. */
  String word();

  /** What its rows are called in sentences, in the plural. */
  String noun();

  /** The columns that are always read and those that are asked for. */
  MessageType schema(Set<Column> columns);

  void write(R row, ShardFormat format, RowWriter out);

  /** The row with this index; what was not asked for is absent or empty. */
  R read(RowValues values, int row, Set<Column> columns, ShardFormat format);

  /** Counts what a row holds, and looks for what it should not. */
  void check(R row, RowFindings findings);

  /**
   * @throws IllegalArgumentException if there is no such kind
   */
  static RowKind<?> of(String word) {
    return List.<RowKind<?>>of(TRIPLET, RECORDING, SCENE, PICTURE).stream()
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Unknown kind of rows '" + word + "'"));
  }
}
