package org.trispike.training.evaluate;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.trispike.datasets.Progress;
import org.trispike.datasets.store.SparkStage;

/**
 * Looks for each shape's texts and pictures among those of all shapes, the distinct ones. The
 * candidates are broadcast, the shapes are spread: time O(shapes · candidates · C), memory of every
 * executor O(candidates · C).
 *
 * @param text of the texts
 * @param texts distinct ones to choose from
 * @param image of the pictures
 * @param images distinct ones to choose from
 */
record Retrieval(Recall.Value text, int texts, Recall.Value image, int images) {
  private static final int CHUNK = 64;

  /** Unit vectors to choose from. */
  @SuppressWarnings("ArrayRecordComponent") // broadcast, read only
  record Candidates(float[][] texts, float[][] images) implements Serializable {}

  /** Shapes with the places of their own candidates. */
  private record Queries(ArrayList<Query> queries) implements Serializable {}

  @SuppressWarnings("ArrayRecordComponent") // passed to tasks
  private record Query(float[] shape, int[] texts, int[] images) implements Serializable {}

  private record Found(Recall text, Recall image) implements Serializable {}

  static Retrieval measure(
      JavaSparkContext spark,
      List<Measurement.ShapeVectors> shapes,
      String group,
      Progress progress) {
    Places texts = new Places();
    Places images = new Places();
    List<Queries> units = new ArrayList<>();
    for (int from = 0; from < shapes.size(); from += CHUNK) {
      ArrayList<Query> queries = new ArrayList<>();
      for (var s : shapes.subList(from, Math.min(shapes.size(), from + CHUNK))) {
        queries.add(new Query(s.shape(), texts.of(s.texts()), images.of(s.images())));
      }
      units.add(new Queries(queries));
    }
    Candidates candidates = new Candidates(texts.vectors(), images.vectors());
    String description =
        "evaluate: own texts among "
            + candidates.texts().length
            + " and pictures among "
            + candidates.images().length;
    progress.start(description, units.size());
    Broadcast<Candidates> broadcast = spark.broadcast(candidates);
    try {
      List<Found> found =
          SparkStage.collect(
              spark,
              spark
                  .parallelize(units, Math.max(1, units.size()))
                  .map(unit -> find(unit, broadcast.value())),
              group,
              description,
              progress,
              done -> done + " of " + units.size() + " chunks of shapes");
      Found sum = new Found(new Recall(), new Recall());
      for (Found part : found) {
        sum.text().merge(part.text());
        sum.image().merge(part.image());
      }
      return new Retrieval(
          sum.text().value(),
          candidates.texts().length,
          sum.image().value(),
          candidates.images().length);
    } finally {
      broadcast.destroy();
    }
  }

  private static Found find(Queries unit, Candidates candidates) {
    Found found = new Found(new Recall(), new Recall());
    for (Query query : unit.queries()) {
      found.text().add(query.shape(), candidates.texts(), query.texts());
      found.image().add(query.shape(), candidates.images(), query.images());
    }
    return found;
  }

  /** Gives equal vectors one place. */
  private static final class Places {
    private final Map<FloatBuffer, Integer> places = new LinkedHashMap<>();

    int[] of(float[][] vectors) {
      int[] own = new int[vectors.length];
      for (int i = 0; i < own.length; i++) {
        Integer known = places.putIfAbsent(FloatBuffer.wrap(vectors[i]), places.size());
        own[i] = known == null ? places.size() - 1 : known;
      }
      return java.util.Arrays.stream(own).distinct().toArray();
    }

    float[][] vectors() {
      return places.keySet().stream().map(FloatBuffer::array).toArray(float[][]::new);
    }
  }
}
