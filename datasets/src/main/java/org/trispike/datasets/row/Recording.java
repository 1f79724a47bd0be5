package org.trispike.datasets.row;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.trispike.datasets.Split;
import org.trispike.datasets.format.event.Events;
import org.trispike.datasets.format.label.EventBox;

/**
 * What an event camera recorded: a whole file, or the part of it that a label speaks of.
 *
 * @param id unique in the dataset
 * @param source the path of the recording, relative to the root of the input
 * @param category what is to be seen, or "" if it has no label or boxes tell
 * @param width of the sensor in pixels
 * @param height of the sensor in pixels
 * @param startMicros when it begins, in the time of the file; the first event may come later
 * @param stream the events; absent where the reader was not asked for them
 * @param boxes around what is to be seen, in the order of the input
 * @param files the files that this row was made from
 */
public record Recording(
    String id,
    String source,
    String category,
    Split split,
    int width,
    int height,
    long startMicros,
    Optional<Events> stream,
    List<EventBox> boxes,
    List<SourceFile> files)
    implements Row {
  public Recording {
    Objects.requireNonNull(id);
    Objects.requireNonNull(source);
    Objects.requireNonNull(category);
    Objects.requireNonNull(split);
    Objects.requireNonNull(stream);
    boxes = List.copyOf(boxes);
    files = List.copyOf(files);
  }

  /** The events, which the reader must have been asked for. */
  public Events events() {
    return stream.orElseThrow(
        () -> new IllegalStateException("Events of " + id + " were not read"));
  }
}
