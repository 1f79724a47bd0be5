package org.trispike.datasets.shard;

import java.util.List;
import java.util.Optional;
import org.trispike.datasets.format.CorruptInputException;
import org.trispike.datasets.format.Limits;
import org.trispike.datasets.format.Reason;
import org.trispike.datasets.format.Source;
import org.trispike.datasets.format.event.EventReader;
import org.trispike.datasets.format.event.Events;
import org.trispike.datasets.format.label.EventBox;
import org.trispike.datasets.row.Recording;
import org.trispike.datasets.row.RowKind;
import org.trispike.datasets.source.EventMoment;
import org.trispike.datasets.source.EventSpan;
import org.trispike.datasets.source.InputRow;
import org.trispike.datasets.source.Layout;
import org.trispike.datasets.source.RecordingFiles;

/**
 * Reads recordings of event cameras, whole or the spans that labels speak of. The file opened last
 * stays open: the rows of a shard come file by file.
 */
final class RecordingMaker implements RowMaker<Recording> {
  /** Pixels a side of N-MNIST's pictures, which its files do not tell. */
  private static final int DIGIT = 34;

  private final RecordingFiles files;
  private final RowSources sources;
  private final Layout layout;
  private final long windowMicros;
  private final Limits limits;
  private String opened = "";
  private Events events;

  RecordingMaker(ShardConfig config, RecordingFiles files) {
    this.files = files;
    this.sources = new RowSources(files);
    this.limits = config.limits();
    this.layout = config.layout();
    this.windowMicros = config.eventWindowMicros();
  }

  @Override
  public RowKind<Recording> kind() {
    return RowKind.RECORDING;
  }

  @Override
  public RecordingFiles files() {
    return files;
  }

  @Override
  public Recording read(InputRow row) throws CorruptInputException {
    sources.begin();
    if (!row.path().equals(opened)) {
      events = open(row.path());
      opened = row.path();
    }
    if (row.annotation() instanceof EventSpan span) {
      return of(row, events.between(span.fromMicros(), span.toMicros()), List.of());
    } else if (row.annotation() instanceof EventMoment moment) {
      long end = moment.micros();
      return of(row, events.between(end - windowMicros, end), moment.boxes());
    }
    return of(row, events, List.of());
  }

  private Events open(String path) throws CorruptInputException {
    Events read = EventReader.read(Source.of(files, path, limits));
    boolean digit = layout == Layout.NMNIST && read.width() <= DIGIT && read.height() <= DIGIT;
    return digit ? read.onSensor(DIGIT, DIGIT) : read;
  }

  private Recording of(InputRow row, Events part, List<EventBox> boxes)
      throws CorruptInputException {
    if (part.size() == 0) {
      throw new CorruptInputException(row.path(), Reason.EMPTY, "It has no events there");
    }
    return new Recording(
        row.id(),
        row.path(),
        row.category(),
        row.split(),
        part.width(),
        part.height(),
        part.micros()[0],
        Optional.of(part),
        boxes,
        sources.of(row));
  }
}
