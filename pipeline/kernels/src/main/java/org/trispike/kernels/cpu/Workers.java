package org.trispike.kernels.cpu;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Runs the parts of one operation on a fixed number of threads, the caller's among them. */
final class Workers implements AutoCloseable {
  private final int threads;
  private final ExecutorService pool;

  Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("At least 1 thread, not " + threads);
    }
    this.threads = threads;
    this.pool =
        threads == 1
            ? null
            : Executors.newFixedThreadPool(
                threads - 1,
                task -> {
                  Thread thread = new Thread(task, "trispike-compute");
                  thread.setDaemon(true);
                  return thread;
                });
  }

  int threads() {
    return threads;
  }

  /** Runs parts 0..parts−1 in any order; what a part computes may not depend on that order. */
  void run(int parts, IntConsumer part) {
    if (pool == null || parts <= 1) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    int helpers = Math.min(threads, parts) - 1;
    CountDownLatch done = new CountDownLatch(helpers);
    Runnable loop =
        () -> {
          try {
            for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
              part.accept(i);
            }
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
          }
        };
    for (int h = 0; h < helpers; h++) {
      pool.execute(
          () -> {
            loop.run();
            done.countDown();
          });
    }
    loop.run();
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while computing", e);
    }
    if (failure.get() != null) {
      throw new IllegalStateException("A compute thread failed", failure.get());
    }
  }

  @Override
  public void close() {
    if (pool != null) {
      pool.shutdownNow();
    }
  }
}
