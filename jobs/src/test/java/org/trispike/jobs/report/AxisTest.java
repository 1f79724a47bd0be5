package org.trispike.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AxisTest {

  @Test
  void endsAtRoundValuesAroundTheData() {
    Axis axis = Axis.around(0.13, 4.7, 5);

    assertThat(axis.ticks()).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0, 5.0);
    assertThat(labels(axis)).containsExactly("0", "1", "2", "3", "4", "5");
    assertThat(axis.at(2.5)).isEqualTo(0.5);
  }

  @Test
  void labelsQuartersWithAllTheirPlaces() {
    assertThat(labels(Axis.around(0, 0.1, 4)))
        .containsExactly("0.000", "0.025", "0.050", "0.075", "0.100");
    assertThat(labels(Axis.around(0, 10, 4))).containsExactly("0.0", "2.5", "5.0", "7.5", "10.0");
  }

  @Test
  void opensUpAroundASingleValue() {
    Axis axis = Axis.around(3, 3, 4);

    assertThat(axis.low()).isLessThan(3);
    assertThat(axis.high()).isGreaterThan(3);
    assertThat(Axis.around(0, 0, 4).at(0)).isEqualTo(0.5);
  }

  private static List<String> labels(Axis axis) {
    return axis.ticks().stream().map(axis::label).toList();
  }
}
