package org.trispike.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trispike.datasets.Progress;
import org.trispike.datasets.UserError;

final class SparkStageTest {
  private static final CountDownLatch BUSY = new CountDownLatch(1);
  private static final CountDownLatch WRITTEN = new CountDownLatch(1);
  private static SparkSession session;

  @BeforeAll
  static void begin() {
    session =
        SparkSession.builder()
            .master("local[2]")
            .appName("stage")
            .config("spark.ui.enabled", false)
            .getOrCreate();
  }

  @AfterAll
  static void end() {
    session.stop();
  }

  @Test
  void aFailedJobHasNoTaskLeftThatWrites() {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    var rdd = spark.parallelize(List.of(true, false), 2).map(SparkStageTest::failOrWrite);
    assertThatThrownBy(
            () -> SparkStage.collect(spark, rdd, "group", "job", Progress.silent(), n -> ""))
        .isInstanceOf(UserError.class)
        .hasMessage("this task fails");
    assertThat(WRITTEN.getCount()).as("what the other task still had to write").isZero();
  }

  /** One task fails while the other is at work, which takes its time to notice. */
  private static boolean failOrWrite(boolean fail) throws InterruptedException {
    if (fail) {
      BUSY.await();
      throw UserError.data("this task fails");
    }
    BUSY.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.sleep(400);
      WRITTEN.countDown();
    }
    return true;
  }
}
