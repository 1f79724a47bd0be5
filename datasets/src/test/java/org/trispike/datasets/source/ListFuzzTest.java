package org.trispike.datasets.source;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.trispike.datasets.UserError;
import org.trispike.datasets.format.Hostile;

/** Lists of any bytes. Replays its corpus unless it is told to fuzz. */
final class ListFuzzTest {
  private static final SplitRule SPLITS = new SplitRule(0.1, 1);

  private static void list(Supplier<Object> reading) {
    Hostile.read(
        () -> {
          try {
            return reading.get();
          } catch (UserError e) {
            return e.getMessage();
          }
        });
  }

  @FuzzTest
  void csv(byte[] bytes) {
    list(() -> TripletSource.parse("a.csv", bytes, SPLITS, Hostile.LIMITS));
  }

  @FuzzTest
  void jsonl(byte[] bytes) {
    list(() -> TripletSource.parse("a.jsonl", bytes, SPLITS, Hostile.LIMITS));
  }

  @FuzzTest
  void openShape(byte[] bytes) {
    Collection all = new Collection(Layout.OPENSHAPE, "a.json", "", SPLITS, Hostile.LIMITS);
    list(() -> OpenShapeSource.parse(new String(bytes, StandardCharsets.UTF_8), all));
  }

  @FuzzTest
  void captions(byte[] bytes) {
    list(() -> ObjaverseSource.captions("a.csv", new String(bytes, StandardCharsets.UTF_8)));
  }

  @FuzzTest
  void taxonomy(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    list(() -> UlipSource.names("taxonomy.json", text, Hostile.LIMITS));
  }
}
