package dev.headline.loadtest.experiment.child;

import dev.headline.loadtest.experiment.judge.Quantiles;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Calls in the open model, each on a virtual thread of its own. */
public final class OpenLoop {

  private OpenLoop() {}

  /**
   * Makes calls at a rate, and returns once all have ended.
   *
   * @param perSecond the rate
   * @param time how long
   * @param calls gives the call that is due; asked by one thread, and must not block. A call fails
   *     by throwing
   * @return how long they took, from when they were due
   */
  public static Latencies run(int perSecond, Duration time, Supplier<Runnable> calls) {
    var micros = new ConcurrentLinkedQueue<Double>();
    var errors = new AtomicInteger();
    var open = new Phaser(1);
    int count =
        Pacer.pace(
            perSecond,
            time,
            due -> {
              Runnable call = calls.get();
              open.register();
              Thread.startVirtualThread(() -> run(call, due, micros, errors, open));
            });
    open.arriveAndAwaitAdvance();
    return new Latencies(
        count, errors.get(), (long) Quantiles.median(micros), (long) Quantiles.of(micros, 0.99));
  }

  private static void run(
      Runnable call, long due, Collection<Double> micros, AtomicInteger errors, Phaser open) {
    try {
      call.run();
    } catch (RuntimeException e) {
      errors.incrementAndGet();
    } finally {
      micros.add((System.nanoTime() - due) / 1_000.0);
      open.arriveAndDeregister();
    }
  }
}
