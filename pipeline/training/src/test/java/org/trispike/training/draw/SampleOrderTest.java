package org.trispike.training.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SampleOrderTest {
  private static final List<List<Integer>> GROUPS =
      List.of(List.of(7, 5, 0), List.of(11), List.of(3, 9, 4));
  private static final int ROWS = 39;

  private static List<RowAddress> epoch(SampleOrder order, long epoch) {
    List<RowAddress> rows = new ArrayList<>();
    for (long i = 0; i < order.size(); i++) {
      rows.add(order.at(epoch, i));
    }
    return rows;
  }

  @Test
  void anEpochHasEachRowOnce() {
    Set<RowAddress> expected = new HashSet<>();
    for (int s = 0; s < GROUPS.size(); s++) {
      for (int g = 0; g < GROUPS.get(s).size(); g++) {
        for (int r = 0; r < GROUPS.get(s).get(g); r++) {
          expected.add(new RowAddress(s, g, r));
        }
      }
    }
    for (int window : new int[] {1, 10, 1000}) {
      SampleOrder order = new SampleOrder(GROUPS, 3, window);
      assertThat(order.size()).isEqualTo(ROWS);
      for (long e = 0; e < 5; e++) {
        assertThat(epoch(order, e)).hasSize(ROWS).containsExactlyInAnyOrderElementsOf(expected);
      }
    }
  }

  @Test
  void itIsAFunctionOfSeedAndEpochAndAnyPositionCanBeAskedFor() {
    SampleOrder order = new SampleOrder(GROUPS, 3, 10);
    List<RowAddress> second = epoch(order, 2);
    SampleOrder other = new SampleOrder(GROUPS, 3, 10);
    assertThat(other.at(2, 20)).isEqualTo(second.get(20));
    assertThat(epoch(other, 2)).isEqualTo(second);
    assertThat(epoch(order, 3)).isNotEqualTo(second);
    assertThat(epoch(new SampleOrder(GROUPS, 4, 10), 2)).isNotEqualTo(second);
  }

  @Test
  void aReaderHoldsOneWindowOfRowGroups() {
    SampleOrder order = new SampleOrder(GROUPS, 1, 10);
    // Groups that are left never come back: each stands in one stretch of whole windows.
    List<Set<List<Integer>>> windows = new ArrayList<>();
    Set<List<Integer>> seen = new HashSet<>();
    Set<List<Integer>> window = new HashSet<>();
    int rows = 0;
    for (RowAddress row : epoch(order, 0)) {
      window.add(List.of(row.shard(), row.group()));
      int full =
          window.stream().mapToInt(group -> GROUPS.get(group.get(0)).get(group.get(1))).sum();
      if (++rows == full && full >= 10) {
        windows.add(window);
        assertThat(seen).doesNotContainAnyElementsOf(window);
        seen.addAll(window);
        window = new HashSet<>();
        rows = 0;
      }
    }
    assertThat(windows).hasSizeGreaterThan(1);
  }

  @Test
  void rowsLandEverywhereEquallyOften() {
    SampleOrder order = new SampleOrder(List.of(List.of(8)), 9, 1000);
    int[][] counts = new int[8][8];
    int epochs = 4000;
    for (long e = 0; e < epochs; e++) {
      for (int i = 0; i < 8; i++) {
        counts[i][order.at(e, i).row()]++;
      }
    }
    // Chi-square with 49 degrees of freedom is below 94 in all but 1 of 10,000 cases.
    double expected = epochs / 8.0;
    double chi = 0;
    for (int[] line : counts) {
      for (int count : line) {
        chi += (count - expected) * (count - expected) / expected;
      }
    }
    assertThat(chi).isLessThan(94);
  }
}
