package dev.headline.rpc;

import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Ends the requests that begin in this process when their time is over. */
final class DeadlineTimer {

  static final ScheduledExecutorService SHARED = start();

  private DeadlineTimer() {}

  static Deadline after(Duration budget) {
    return Deadline.after(budget.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static ScheduledThreadPoolExecutor start() {
    var timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("headline-deadlines").factory());
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }
}
