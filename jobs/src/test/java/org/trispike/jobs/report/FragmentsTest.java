package org.trispike.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.row.EncodedImage;
import org.trispike.spiking.EnergyMeter;
import org.trispike.spiking.LayerActivity;
import org.trispike.spiking.Ranked;

final class FragmentsTest {
  private static final String ATTACK = "</style><script>alert('x')</script>\"><img src=x>";

  @Test
  void stylesNothingButItself() {
    String html = Fragments.table("t", List.of("a"), List.of(List.of("b")));

    assertThat(html).startsWith("<div class=\"trispike\"><style>.trispike {");
    assertThat(html.substring(0, html.indexOf("</style>")))
        .doesNotContain(":root", "body {")
        .contains("& { margin: 0;", "--accent");
  }

  @Test
  void showsMarkupInDataAsText() {
    String html =
        Fragments.table(ATTACK, List.of(ATTACK), List.of(List.of(ATTACK)))
            + Fragments.ranking(ATTACK, List.of(new Ranked(0, ATTACK, 1, 1)))
            + Fragments.pictures(List.of(new EncodedImage(ATTACK, new byte[] {(byte) 0xFF, 1})))
            + Fragments.curves(
                ATTACK, List.of(line("{\"epoch\": 1, \"loss\": 2}")), List.of("loss"));

    assertThat(html).doesNotContain("<script", "<img src").contains("&lt;script&gt;");
  }

  @Test
  void drawsTheFieldsThatLinesHave() {
    List<JsonNode> lines =
        List.of(
            line("{\"epoch\": 1, \"loss\": 2, \"validation\": {\"top1\": 0.5}}"),
            line("{\"epoch\": 2, \"loss\": null}"),
            line("{\"epoch\": 3, \"loss\": 1}"));

    String html = Fragments.curves("Loss", lines, List.of("loss", "validation.top1", "none"));

    assertThat(html.split("<polyline", -1)).hasSize(3);
    assertThat(html)
        .contains("</i>loss</span>", "</i>validation.top1</span>")
        .doesNotContain("</i>none");
  }

  @Test
  void dividesTheEnergyOfLayersBySamples() {
    EnergyMeter meter = new EnergyMeter();
    // 4.6 pJ · 2e6 and 0.9 pJ · 0.25 · 8e6 for two samples: 4.6 and 0.9 µJ for one.
    meter.add(
        List.of(
            new LayerActivity("first", 2, 1, 2_000_000, 0, 10, true),
            new LayerActivity("second", 2, 1, 8_000_000, 25, 100, false)));

    assertThat(Fragments.energy(meter).replaceAll("<[^>]*>", " "))
        .containsPattern("first +0.000 +1.00 M +0 +4.60")
        .containsPattern("second +0.250 +0 +1.00 M +0.900");
  }

  private static JsonNode line(String json) {
    try {
      return new ObjectMapper().readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
