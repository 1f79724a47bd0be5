package org.trispike.vq.cpu;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trispike.vq.CodebookKind;
import org.trispike.vq.E8p;
import org.trispike.vq.VqConfig;
import org.trispike.vq.plan.Fusion;
import org.trispike.vq.plan.Plan;

/**
 * Writes the {@link DequantizeKernel} of a plan. With register fusion entries meet x where they
 * were loaded, several rows at a time; else a row is written to memory first. Where codebooks
 * switch within a row, all rows are done with one before the next, unless each vector has its own.
 */
final class DequantizeSource {
  private static final int MOST_UNROLLED = 8;
  private static final int MOST_ROWS = 4;

  /** Fewest floats of a vector; shorter entries are computed one by one. */
  private static final int LEAST_WIDTH = 4;

  private final VqConfig config;
  private final int columns;
  private final boolean fused;
  private final int bytes;

  /** Floats of a vector, or 1. */
  private final int width;

  /** Pieces of an entry that are written out. */
  private final int pieces;

  private DequantizeSource(Plan plan, Lanes lanes) {
    this.config = plan.problem().config();
    this.columns = plan.problem().columns();
    this.fused = plan.fusion() == Fusion.REGISTER;
    this.bytes = WideCodes.bytes(config);
    int widest = Math.min(config.vectorLength(), lanes.width());
    this.width = widest < LEAST_WIDTH ? 1 : widest;
    this.pieces = Math.min(MOST_UNROLLED, config.vectorLength() / width);
  }

  static String of(Plan plan, Lanes lanes) {
    return new DequantizeSource(plan, lanes).text();
  }

  private String text() {
    int atOnce = fused ? Math.max(1, Math.min(MOST_ROWS, MOST_UNROLLED / pieces)) : 1;
    int across = config.scope().across(columns);
    boolean tiled = across > 1 && !everyVectorSwitches();
    int run = tiled ? config.scope().columns() / config.vectorLength() : groups();
    return """
        package org.trispike.vq.cpu;
        %s
        final class Dequantize implements DequantizeKernel {
          public void add(
              byte[] codes, float[] books, float[] x, float[] buffer, Lanes lanes,
              float[] y, int band, int first, int last) {
            for (int tile = 0; tile < %d; tile++) {
              int begin = tile * %d;
              int end = Math.min(begin + %d, %d);
        %s      int row = first;
        %s%s    }
          }
        }
        """
        .formatted(
            width == 1
                ? ""
                : """

                import jdk.incubator.vector.FloatVector;
                import jdk.incubator.vector.VectorOperators;
                """,
            tiled ? across : 1,
            run,
            run,
            groups(),
            everyVectorSwitches() ? "" : book("band * " + across + " + tile"),
            atOnce == 1 ? "" : rows(atOnce),
            rows(1));
  }

  private boolean everyVectorSwitches() {
    return config.scope().columns() == config.vectorLength();
  }

  /** Where the codebook of this number begins. */
  private String book(String number) {
    return "      int book = %d + (%s) * %d;\n"
        .formatted(Books.first(config), number, Books.size(config));
  }

  /** The loop over rows, so many at a time, and in it that over their vectors. */
  private String rows(int n) {
    String before =
        fused ? each(n, i -> "        %s a%d = %s;\n".formatted(type(), i, zero())) : "";
    String after =
        fused
            ? each(n, i -> "        y[row + %d] += %s;\n".formatted(i, sum("a" + i)))
            : "        y[row] += lanes.dot(x, begin * %1$d, buffer, (end - begin) * %1$d);\n"
                .formatted(config.vectorLength());
    return """
              for (; row + %1$d <= last; row += %1$d) {
                int at = row * %2$d;
        %3$s        for (int group = begin; group < end; group++) {
        %4$s%5$s        }
        %6$s      }
        """
        .formatted(
            n,
            groups() * config.rounds() * bytes,
            before,
            everyVectorSwitches()
                ? book("band * " + config.scope().across(columns) + " + group")
                : "",
            body(n),
            after);
  }

  /** What is done with a vector of each of n rows. */
  private String body(int n) {
    String codes = each(n * config.rounds(), i -> code(i / config.rounds(), i % config.rounds()));
    boolean loop = pieces * width < config.vectorLength();
    String work =
        each(
            pieces,
            p -> {
              String offset = (loop ? "d + " : "") + p * width;
              return fused ? multiply(n, p, offset) : store(offset);
            });
    return """
                int i = at + group * %d;
                int k = %s * %d;
        %s%s"""
        .formatted(
            config.rounds() * bytes,
            fused ? "group" : "(group - begin)",
            config.vectorLength(),
            codes,
            loop
                ? "        for (int d = 0; d < %d; d += %d) {\n%s        }\n"
                    .formatted(config.vectorLength(), pieces * width, work)
                : work);
  }

  private String code(int row, int round) {
    int offset = (row * groups() * config.rounds() + round) * bytes;
    return "        int c%d_%d = %s;\n"
        .formatted(row, round, WideCodes.text(bytes, "i + " + offset));
  }

  private String multiply(int n, int piece, String offset) {
    String x = "        %s x%d = %s;\n".formatted(type(), piece, load("x", "k + " + offset));
    return x
        + each(
            n,
            row ->
                (width == 1
                        ? "        a%1$d += (%2$s) * x%3$d;\n"
                        : "        a%1$d = %2$s.fma(x%3$d, a%1$d);\n")
                    .formatted(row, entry(row, offset), piece));
  }

  private String store(String offset) {
    return (width == 1
            ? "        buffer[k + %2$s] = %1$s;\n"
            : "        %1$s.intoArray(buffer, k + %2$s);\n")
        .formatted(entry(0, offset), offset);
  }

  /** The sum over rounds. */
  private String entry(int row, String offset) {
    return IntStream.range(0, config.rounds())
        .mapToObj(round -> entry(row, round, offset))
        .reduce((a, b) -> width == 1 ? a + " + " + b : a + ".add(" + b + ")")
        .orElseThrow();
  }

  private String entry(int row, int round, String offset) {
    String code = "c" + row + "_" + round;
    if (config.kind() != CodebookKind.E8P) {
      int book = round * config.entries() * config.vectorLength();
      return load(
          "books", "book + %d + %s * %d + %s".formatted(book, code, config.vectorLength(), offset));
    }
    String values = load("books", "(%s >> 8) * %d + %s".formatted(code, E8p.LENGTH, offset));
    String signs =
        load("books", "%d + (%s & 255) * %d + %s".formatted(Books.SIGNS, code, E8p.LENGTH, offset));
    String shift = "(" + code + " & 1) * 0.5f - 0.25f";
    String scale = "books[book + " + round + "]";
    return (width == 1 ? "(%s * %s + %s) * %s" : "%s.mul(%s).add(%s).mul(%s)")
        .formatted(values, signs, shift, scale);
  }

  private String load(String array, String place) {
    return width == 1
        ? array + "[" + place + "]"
        : "FloatVector.fromArray(FloatVector.SPECIES_%d, %s, %s)"
            .formatted(Float.SIZE * width, array, place);
  }

  private String type() {
    return width == 1 ? "float" : "FloatVector";
  }

  private String zero() {
    return width == 1 ? "0f" : "FloatVector.zero(FloatVector.SPECIES_" + Float.SIZE * width + ")";
  }

  private String sum(String vector) {
    return width == 1 ? vector : vector + ".reduceLanes(VectorOperators.ADD)";
  }

  private int groups() {
    return config.groups(columns);
  }

  private static String each(int n, IntFunction<String> text) {
    return IntStream.range(0, n).mapToObj(text).collect(Collectors.joining());
  }
}
