package org.trispike.kernels.cpu;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Runs the parts of one operation on a fixed number of threads, the caller's among them.
 *
 * <p>Operations follow each other within microseconds, so a helper waits actively for a moment
 * before it sleeps, and the caller waits for the parts, not for the helpers: one that wakes late
 * finds nothing left to do and delays nobody.
 */
final class Workers implements AutoCloseable {
  /** Turns of active waiting: some tens of microseconds. */
  private static final int PATIENCE = 2000;

  /** Elements of one part of an elementwise operation. */
  private static final int ELEMENTS = 1 << 15;

  private final int threads;
  private final Helper[] helpers;
  private volatile Job current = Job.NOTHING;
  private volatile boolean closed;

  /** One call of {@link #run}. */
  private record Job(
      int parts,
      IntConsumer part,
      AtomicInteger next,
      AtomicInteger done,
      AtomicReference<Throwable> failure) {
    static final Job NOTHING = of(0, i -> {});

    static Job of(int parts, IntConsumer part) {
      return new Job(
          parts, part, new AtomicInteger(), new AtomicInteger(), new AtomicReference<>());
    }

    void help() {
      for (int i = next.getAndIncrement(); i < parts; i = next.getAndIncrement()) {
        try {
          if (failure.get() == null) {
            part.accept(i);
          }
        } catch (RuntimeException | Error e) {
          failure.compareAndSet(null, e);
        } finally {
          done.incrementAndGet();
        }
      }
    }
  }

  private final class Helper extends Thread {
    private volatile boolean asleep;

    Helper() {
      super("trispike-compute");
      setDaemon(true);
    }

    @Override
    public void run() {
      Job last = Job.NOTHING;
      while (!closed) {
        Job job = await(last);
        job.help();
        last = job;
      }
    }

    private Job await(Job last) {
      for (int turn = 0; turn < PATIENCE; turn++) {
        if (current != last || closed) {
          return current;
        }
        Thread.onSpinWait();
      }
      asleep = true;
      // Looked at again after the flag is set: a job that came between would wake nobody.
      while (current == last && !closed) {
        LockSupport.park(this);
      }
      asleep = false;
      return current;
    }

    void wake() {
      if (asleep) {
        LockSupport.unpark(this);
      }
    }
  }

  Workers(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("At least 1 thread, not " + threads);
    }
    this.threads = threads;
    this.helpers = new Helper[threads - 1];
    for (int i = 0; i < helpers.length; i++) {
      helpers[i] = new Helper();
      helpers[i].start();
    }
  }

  int threads() {
    return threads;
  }

  /** Runs parts 0..parts−1 in any order; what a part computes may not depend on that order. */
  void run(int parts, IntConsumer part) {
    if (helpers.length == 0 || parts <= 1) {
      for (int i = 0; i < parts; i++) {
        part.accept(i);
      }
      return;
    }
    Job job = Job.of(parts, part);
    current = job;
    for (Helper helper : helpers) {
      helper.wake();
    }
    job.help();
    for (int turn = 0; job.done().get() < parts; turn++) {
      if (turn < PATIENCE) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    Throwable failure = job.failure().get();
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** What is done with the elements or rows [from, to). */
  interface Range {
    void apply(int from, int to);
  }

  /** Runs an elementwise operation in parts. */
  void elements(int size, Range range) {
    run(
        (size + ELEMENTS - 1) / ELEMENTS,
        part -> range.apply(part * ELEMENTS, Math.min(size, (part + 1) * ELEMENTS)));
  }

  /** Runs an operation on rows in as many parts as serve the threads: no row may need another. */
  void rows(int rows, Range range) {
    int parts = threads == 1 ? 1 : Math.min(4 * threads, rows / 64 + 1);
    int step = (rows + parts - 1) / parts;
    run(parts, part -> range.apply(Math.min(rows, part * step), Math.min(rows, (part + 1) * step)));
  }

  @Override
  public void close() {
    closed = true;
    for (Helper helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
