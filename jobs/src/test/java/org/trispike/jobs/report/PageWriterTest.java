package org.trispike.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PageWriterTest {
  private static final String ATTACK = "<script>alert('x')</script>\"><img src=http://evil/>";

  @Test
  void showsMarkupInDataAsText() {
    String html = PageWriter.write(page(ATTACK));

    assertThat(html).doesNotContain("<script>alert").doesNotContain("<img");
    assertThat(html).contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  }

  @Test
  void fetchesNothingAndRunsNoScriptButItsOwn() {
    String html = PageWriter.write(page("a red cone"));

    assertThat(html).contains("default-src &#39;none&#39;").contains("script-src &#39;sha256-");
    assertThat(html).doesNotContain("http://").doesNotContain("https://").doesNotContain("@import");
    assertThat(html.split("<script", -1)).hasSize(2);
  }

  @Test
  void leavesOutWhatARunHasNot() {
    Page empty =
        new Page(
            "t",
            "s",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            "");

    assertThat(PageWriter.write(empty))
        .doesNotContain("Training")
        .doesNotContain("Examples")
        .doesNotContain("Confusion");
  }

  @Test
  void judgesNoExampleWhoseClassIsUnknown() {
    assertThat(PageWriter.write(example("cone"))).contains(">right</span>");
    assertThat(PageWriter.write(example("")))
        .doesNotContain(">right</span>")
        .doesNotContain(">wrong</span>");
  }

  private static Page example(String truth) {
    Page page = page("t");
    List<Page.Ranked> ranked = List.of(new Page.Ranked("cone", 0.9));
    return new Page(
        page.title(),
        page.subtitle(),
        page.tiles(),
        page.charts(),
        page.training(),
        page.data(),
        page.evaluation(),
        page.confusion(),
        page.energy(),
        List.of(new Page.Example("a", "b", truth, ranked, "")),
        "");
  }

  private static Page page(String text) {
    return new Page(
        text,
        text,
        List.of(new Page.Tile(text, text)),
        List.of(
            new Page.Curves(
                text,
                text,
                List.of(
                    new Series(text, List.of(new double[] {0, 1}, new double[] {1, 2})),
                    new Series(text, List.of(new double[] {0, 1}))))),
        List.of(),
        List.of(new Page.Table(text, text, List.of(text), List.of(List.of(text)))),
        List.of(new Page.Table(text, text, List.of(text), List.of(List.of(text)), List.of(0.5))),
        Optional.of(new Page.Confusion(List.of(text, "b"), new long[][] {{1, 2}, {0, 0}}, text)),
        List.of(),
        List.of(
            new Page.Example(
                text,
                text,
                text,
                List.of(new Page.Ranked(text, 0.5)),
                Cloud.pack(new float[] {0, 0, 1}, new float[] {1, 0, 0}, 10))),
        text);
  }
}
