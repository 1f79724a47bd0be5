package org.trispike.training.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.trispike.datasets.Progress;
import org.trispike.datasets.store.SparkStage;
import org.trispike.vq.scan.Hit;

/**
 * How often a shape's category is the first, among three, among five of a bank's names: by the
 * search that {@code predict} makes, and by exact products with all rows. The exact ranking takes
 * O(shapes · rows · columns), spread over the bank's parts.
 *
 * @param bank whose names they are
 * @param searched by the search
 * @param exact by all rows
 * @param recall share of the shapes with a direction for which both have the same first row
 * @param directed shapes with a direction
 */
record NameRanking(
    Vocabulary bank, Accuracy.Value searched, Accuracy.Value exact, double recall, int directed) {
  /** Ranks by all rows what was ranked by the search, and compares. */
  static NameRanking measure(
      JavaSparkContext spark,
      Vocabulary bank,
      List<NamedShape> shapes,
      String group,
      Progress progress) {
    float[][] queries =
        shapes.stream().map(NamedShape::query).filter(q -> q.length > 0).toArray(float[][]::new);
    Set<String> keys = shapes.stream().map(NamedShape::key).collect(Collectors.toSet());
    keys.remove("");
    List<ExactNamesTask.Found> found =
        found(spark, bank, new ExactNamesTask.Asked(queries, keys), group, progress);
    Map<String, Integer> rows = new HashMap<>();
    found.forEach(part -> part.keys().forEach(rows::putIfAbsent));
    Accuracy searched = new Accuracy(1);
    Accuracy exact = new Accuracy(1);
    int same = 0;
    int directed = 0;
    for (NamedShape shape : shapes) {
      int[] best = shape.query().length > 0 ? best(found, directed++) : new int[0];
      same += first(best) >= 0 && first(best) == first(shape.rows()) ? 1 : 0;
      Integer truth = rows.get(shape.key());
      if (truth != null) {
        searched.add(0, rank(shape.rows(), truth));
        exact.add(0, rank(best, truth));
      }
    }
    return new NameRanking(
        bank,
        searched.value(),
        exact.value(),
        directed == 0 ? 0 : (double) same / directed,
        directed);
  }

  private static List<ExactNamesTask.Found> found(
      JavaSparkContext spark,
      Vocabulary bank,
      ExactNamesTask.Asked asked,
      String group,
      Progress progress) {
    String description =
        "evaluate: "
            + asked.queries().length
            + " shapes among all "
            + bank.names()
            + " names of the bank";
    int parts = bank.parts();
    progress.start(description, parts);
    Broadcast<ExactNamesTask.Asked> broadcast = spark.broadcast(asked);
    try {
      return SparkStage.collect(
          spark,
          spark
              .parallelize(IntStream.range(0, parts).boxed().toList(), parts)
              .map(new ExactNamesTask(bank.folder(), broadcast)),
          group,
          description,
          progress,
          done -> done + " of " + parts + " parts of the bank");
    } finally {
      broadcast.destroy();
    }
  }

  /** The best rows of all parts, in the order of the search. */
  private static int[] best(List<ExactNamesTask.Found> parts, int query) {
    List<Hit> hits = new ArrayList<>();
    for (ExactNamesTask.Found part : parts) {
      for (int i = 0; i < part.rows()[query].length; i++) {
        hits.add(new Hit(part.rows()[query][i], part.products()[query][i]));
      }
    }
    return hits.stream().sorted(Hit.BEST_FIRST).limit(NamedShape.TOP).mapToInt(Hit::row).toArray();
  }

  /** −1 where nothing was found, as in lists without rows. */
  private static int first(int[] rows) {
    return rows.length > 0 ? rows[0] : -1;
  }

  /** The place of {@code row}, from 1; 0 if it is not there. */
  private static int rank(int[] rows, int row) {
    return Arrays.stream(rows).boxed().toList().indexOf(row) + 1;
  }
}
