package org.trispike.jobs.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the report shows, whatever files it was read from.
 *
 * @param tiles the figures that matter most; the first is drawn larger
 * @param charts curves of the training
 * @param training tables on the training
 * @param data tables on the datasets
 * @param evaluation tables on accuracy and retrieval
 * @param energy tables on firing rates and energy
 * @param config the resolved configuration as text
 */
record Page(
    String title,
    String subtitle,
    List<Tile> tiles,
    List<Curves> charts,
    List<Table> training,
    List<Table> data,
    List<Table> evaluation,
    Optional<Confusion> confusion,
    List<Table> energy,
    List<Example> examples,
    String config) {
  Page {
    Objects.requireNonNull(title);
    Objects.requireNonNull(subtitle);
    Objects.requireNonNull(config);
    tiles = List.copyOf(tiles);
    charts = List.copyOf(charts);
    training = List.copyOf(training);
    data = List.copyOf(data);
    evaluation = List.copyOf(evaluation);
    energy = List.copyOf(energy);
    examples = List.copyOf(examples);
  }

  /** A figure with what it is. */
  record Tile(String value, String meaning) {}

  /** A chart with the meaning of its x axis. */
  record Curves(String title, String xTitle, List<Series> series) {
    boolean isEmpty() {
      return series.stream().allMatch(one -> one.points().isEmpty());
    }
  }

  /**
   * A table whose first column is text and whose others are figures.
   *
   * @param note a sentence beneath the title; "" for none
   * @param bars the share of each row's bar in [0, 1]; empty for a table without bars
   */
  record Table(
      String title, String note, List<String> header, List<List<String>> rows, List<Double> bars) {
    Table(String title, String note, List<String> header, List<List<String>> rows) {
      this(title, note, header, rows, List.of());
    }
  }

  /**
   * Counts [classes][classes]: row is, column taken for.
   *
   * @param note a sentence on what is left out; "" for none
   */
  record Confusion(List<String> classes, long[][] counts, String note) {}

  /**
   * A shape and what it was taken for.
   *
   * @param truth its class; "" if it has none
   * @param ranked the best classes, best first
   * @param points base64 of 9 bytes a point: x, y, z as 16-bit fractions, red, green, blue
   */
  record Example(String id, String caption, String truth, List<Ranked> ranked, String points) {
    boolean right() {
      return !ranked.isEmpty() && ranked.get(0).name().equals(truth);
    }
  }

  /** A class with its share of the belief, in [0, 1]. */
  record Ranked(String name, double share) {}
}
