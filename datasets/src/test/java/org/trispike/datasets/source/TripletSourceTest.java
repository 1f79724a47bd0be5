package org.trispike.datasets.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trispike.datasets.Split;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.GivenLimits;
import org.trispike.datasets.format.Limits;

final class TripletSourceTest {
  private static final SplitRule SPLITS = new SplitRule(0.1, 1);
  private static final Limits LIMITS = GivenLimits.of("json-depth = 3, file-bytes = 400");

  @TempDir private Path folder;

  private InputTable read(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return TripletSource.read(new Configuration(), file.toString(), SPLITS, LIMITS);
  }

  @Test
  void readsQuotesSemicolonsAndAByteOrderMark() throws IOException {
    InputTable table =
        read(
            "a.csv",
            "\uFEFFShape,images,text,category,split\r\n"
                + "\"a,b \"\"c\"\".obj\",x.png; y.png,\"a chair, red;one\nmore\",chair,test\r\n"
                + "Stuhl grün/ü.glb,,,,\r\n");
    assertThat(table.bad()).isEmpty();
    InputRow first = table.rows().get(0);
    assertThat(first.path()).isEqualTo("a,b \"c\".obj");
    assertThat(first.id()).isEqualTo(first.path());
    assertThat(first.images()).containsExactly("x.png", "y.png");
    assertThat(first.texts()).containsExactly("a chair, red", "one\nmore");
    assertThat(first.category()).isEqualTo("chair");
    assertThat(first.split()).isEqualTo(Split.TEST);
    InputRow second = table.rows().get(1);
    assertThat(second.path()).isEqualTo("Stuhl grün/ü.glb");
    assertThat(second.images()).isEmpty();
    assertThat(second.texts()).isEmpty();
    assertThat(second.line()).isEqualTo(4);
  }

  @Test
  void readsJsonLinesLikeTheCsv() throws IOException {
    InputTable table =
        read(
            "a.jsonl",
            "{\"shape\":\"a.off\",\"images\":[\"x.png\"],\"text\":\"a; b\",\"id\":\"7\","
                + "\"text_embedding\":\"t.npy\",\"polygons\":12}\n\n"
                + "{\"shape\":\"b.off\",\"texts\":[\"b\",\"c\"],\"category\":null}\n");
    assertThat(table.bad()).isEmpty();
    assertThat(table.rows().get(0).id()).isEqualTo("7");
    assertThat(table.rows().get(0).images()).containsExactly("x.png");
    assertThat(table.rows().get(0).texts()).containsExactly("a", "b");
    assertThat(table.rows().get(0).textEmbedding()).isEqualTo("t.npy");
    assertThat(table.rows().get(1).texts()).containsExactly("b", "c");
    assertThat(table.rows().get(1).category()).isEmpty();
  }

  @Test
  void rowsOfACategoryShareItsName() throws IOException {
    InputTable table = read("a.csv", "shape,category\na.off,chair\nb.off,chair\n");
    assertThat(table.rows().get(1).category()).isSameAs(table.rows().get(0).category());
    assertThat(table.rows().get(0).id()).isSameAs(table.rows().get(0).path());
  }

  @Test
  void listsBadRowsWithTheirLines() throws IOException {
    InputTable csv =
        read("a.csv", "shape,text,split\na.off,a,train\n,b,\nc.off,c,trian\nd.off,d,test,more\n");
    assertThat(csv.rows()).extracting(InputRow::id).containsExactly("a.off");
    assertThat(csv.bad()).extracting(BadRow::line).containsExactly(3L, 4L, 5L);
    assertThat(csv.bad()).extracting(BadRow::reason).containsOnly("BAD_ROW");
    assertThat(csv.bad())
        .extracting(BadRow::message)
        .containsExactly(
            "The row names no shape",
            "'trian' is no split; train, validation and test are",
            "The row has 4 values, the header 3; quote values that contain commas");
    InputTable twice = read("b.csv", "shape,text\na.off,x\nb.off,y\na.off,z\n");
    assertThat(twice.rows())
        .extracting(InputRow::texts)
        .containsExactly(List.of("x"), List.of("y"));
    assertThat(twice.bad()).extracting(BadRow::line).containsExactly(4L);
    assertThat(twice.bad().get(0).message()).endsWith("stands in line 2");
    InputTable json = read("a.jsonl", "{\"shape\":\"a.off\"}\n{\"shape\":\n[1]\n{\"shape\":3}\n");
    assertThat(json.bad()).extracting(BadRow::line).containsExactly(2L, 3L, 4L);
    assertThat(json.rows()).hasSize(1);
  }

  @Test
  void refusesWhatIsNoListOfShapes() {
    assertThatThrownBy(() -> read("a.csv", "mesh,text\na,b\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("a.csv, line 1: the header lacks the column 'shape'")
        .hasMessageContaining("[mesh, text]");
    assertThatThrownBy(() -> read("c.csv", "shape,text\na.off,\"x\nb.off,y\n"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("c.csv");
    assertThatThrownBy(() -> read("d.csv", "shape\n")).hasMessageContaining("has no rows");
    assertThatThrownBy(() -> read("e.csv", "")).hasMessageContaining("lacks the column");
    assertThatThrownBy(() -> read("f.txt", "shape\na\n")).hasMessageContaining("neither");
    assertThatThrownBy(() -> read("g.jsonl", "{\"mesh\":\"a\"}\n"))
        .hasMessageContaining("no line has the field 'shape'");
  }

  @Test
  void refusesMissingFilesAndRowsInOtherEncodings() throws IOException {
    assertThatThrownBy(
            () -> TripletSource.read(new Configuration(), folder + "/none.csv", SPLITS, LIMITS))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("there is no file");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "shape\nübung.off\na.off\n".getBytes(StandardCharsets.ISO_8859_1));
    InputTable table = TripletSource.read(new Configuration(), latin.toString(), SPLITS, LIMITS);
    assertThat(table.rows()).extracting(InputRow::path).containsExactly("a.off");
    assertThat(table.bad()).extracting(BadRow::line).containsExactly(2L);
    assertThat(table.bad().get(0).message()).startsWith("It is not UTF-8");
  }

  @Test
  void limitsHoldForListsToo() throws IOException {
    String deep = "{\"shape\":\"a.off\",\"more\":%s0%s}\n";
    InputTable table = read("a.jsonl", deep.formatted("[[", "]]") + deep.formatted("[[[", "]]]"));
    assertThat(table.rows()).hasSize(1);
    assertThat(table.bad().get(0).line()).isEqualTo(2);
    assertThat(table.bad().get(0).message()).contains("Depth (4) exceeds").contains("(3)");
    String start = "shape\na.off\n";
    assertThat(read("b.csv", start + "b".repeat(400 - start.length())).rows()).hasSize(2);
    assertThatThrownBy(() -> read("b.csv", start + "b".repeat(401 - start.length())))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("b.csv has more than data.limits.file-bytes = 400 bytes");
  }

  @Test
  void drawsSplitsByIdAndKeyAlone() {
    List<Split> splits = new ArrayList<>();
    int moved = 0;
    for (int i = 0; i < 10_000; i++) {
      Split split = SPLITS.split("shape " + i);
      splits.add(split);
      moved += split == new SplitRule(0.1, 2).split("shape " + i) ? 0 : 1;
    }
    assertThat(splits.stream().filter(s -> s == Split.VALIDATION).count()).isBetween(900L, 1100L);
    assertThat(splits).doesNotContain(Split.TEST);
    assertThat(moved).isBetween(1600, 2000);
  }
}
