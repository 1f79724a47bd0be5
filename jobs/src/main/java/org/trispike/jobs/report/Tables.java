package org.trispike.jobs.report;

import java.util.List;
import java.util.Locale;

/** A table in HTML, with a bar in each row if it has shares. */
final class Tables {
  /** Tables of more columns than these take the whole width. */
  private static final int WIDE = 5;

  private Tables() {}

  static void write(Html html, Page.Table table) {
    boolean wide = table.header().size() > WIDE;
    html.open("div", "class", wide ? "card wide" : "card").element("h3", table.title());
    if (!table.note().isEmpty()) {
      html.element("p", table.note(), "class", "soft");
    }
    html.open("table");
    if (!table.header().stream().allMatch(String::isEmpty)) {
      header(html, table);
    }
    for (int r = 0; r < table.rows().size(); r++) {
      html.open("tr");
      List<String> row = table.rows().get(r);
      for (int i = 0; i < row.size(); i++) {
        html.element("td", row.get(i), "class", i == 0 ? "" : "n");
      }
      if (!table.bars().isEmpty()) {
        html.open("td");
        bar(html, table.bars().get(r));
        html.close();
      }
      html.close();
    }
    html.close().close();
  }

  private static void header(Html html, Page.Table table) {
    html.open("tr");
    for (int i = 0; i < table.header().size(); i++) {
      html.element("th", table.header().get(i), "class", i == 0 ? "" : "n");
    }
    if (!table.bars().isEmpty()) {
      html.element("th", "", "style", "width:20%");
    }
    html.close();
  }

  /** A bar of that share of the room there is. */
  static void bar(Html html, double share) {
    double percent = 100 * Math.max(0, Math.min(1, share));
    html.element(
        "span", "", "class", "bar", "style", String.format(Locale.ROOT, "width:%.1f%%", percent));
  }
}
