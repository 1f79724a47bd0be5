package org.trispike.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/** Turns a {@link Page} into one HTML file that needs nothing besides itself. */
final class PageWriter {
  private static final int CANVAS = 320;

  private final Html html = new Html();

  private PageWriter() {}

  static String write(Page page) {
    return new PageWriter().page(page);
  }

  private String page(Page page) {
    String script = resource("viewer.js");
    html.raw("<!doctype html>\n").open("html", "lang", "en").open("head");
    html.empty("meta", "charset", "utf-8");
    // Nothing may be fetched, and no script may run but the viewer itself, known by its hash.
    html.empty(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + hash(script) + "'");
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.element("title", page.title());
    html.open("style").raw(resource("style.css")).close().close();
    html.open("body").open("main");
    html.open("header").element("p", "Trispike run", "class", "eyebrow");
    html.element("h1", page.title()).element("p", page.subtitle()).close();
    tiles(page.tiles());
    evaluation(page);
    examples(page.examples());
    training(page);
    section("Spikes and energy", page.energy());
    section("Data", page.data());
    config(page.config());
    html.close();
    html.open("script").raw(script).close();
    return html.close().close().toString();
  }

  private void tiles(List<Page.Tile> tiles) {
    html.open("div", "class", "tiles");
    for (int i = 0; i < tiles.size(); i++) {
      html.open("div", "class", i == 0 ? "tile main" : "tile");
      html.element("b", tiles.get(i).value()).element("span", tiles.get(i).meaning()).close();
    }
    html.close();
  }

  private void training(Page page) {
    if (page.charts().stream().allMatch(Page.Curves::isEmpty) && page.training().isEmpty()) {
      return;
    }
    html.element("h2", "Training").open("div", "class", "charts");
    page.charts().forEach(one -> Chart.write(html, one.title(), one.xTitle(), one.series()));
    html.close();
    tables(page.training());
  }

  private void evaluation(Page page) {
    section("Evaluation", page.evaluation());
    page.confusion()
        .ifPresent(
            confusion -> {
              html.open("div", "class", "card");
              html.element("h3", "Confusion");
              html.element(
                  "p",
                  ("Rows are what shapes are, columns what they were taken for. "
                          + confusion.note())
                      .strip(),
                  "class",
                  "soft");
              HeatMap.write(html, confusion.classes(), confusion.counts());
              html.close();
            });
  }

  private void section(String title, List<Page.Table> tables) {
    if (tables.isEmpty()) {
      return;
    }
    html.element("h2", title);
    tables(tables);
  }

  private void tables(List<Page.Table> tables) {
    html.open("div", "class", "two");
    tables.forEach(table -> Tables.write(html, table));
    html.close();
  }

  private void examples(List<Page.Example> examples) {
    if (examples.isEmpty()) {
      return;
    }
    html.element("h2", "Examples");
    html.element(
        "p",
        "Drag to turn a cloud, click twice to stop or start it.",
        "class",
        "soft",
        "style",
        "margin:-8px 0 12px");
    html.open("div", "class", "examples");
    examples.forEach(this::example);
    html.close();
  }

  private void example(Page.Example example) {
    html.open("div", "class", "card example");
    html.element(
        "canvas",
        "",
        "class",
        "cloud",
        "width",
        CANVAS,
        "height",
        CANVAS,
        "data-points",
        example.points(),
        "aria-label",
        "Point cloud of " + example.id());
    html.open("p");
    if (!example.truth().isEmpty()) {
      html.element(
          "span",
          example.right() ? "right" : "wrong",
          "class",
          example.right() ? "badge" : "badge miss");
      html.element("b", example.truth()).empty("br");
    }
    html.element("span", example.caption(), "class", "soft").close();
    html.open("ol");
    for (Page.Ranked ranked : example.ranked()) {
      html.open("li", "class", ranked.name().equals(example.truth()) ? "hit" : "");
      html.element("span", ranked.name());
      html.element("span", String.format(Locale.ROOT, "%.0f %%", 100 * ranked.share()));
      Tables.bar(html, ranked.share());
      html.close();
    }
    html.close().close();
  }

  private void config(String config) {
    html.element("h2", "Configuration").open("details", "class", "card");
    html.element("summary", "The resolved configuration of the run");
    html.element("pre", config).close();
  }

  static String resource(String name) {
    try (InputStream in = PageWriter.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String script) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
