package dev.headline.feed.logic;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** How well the index keeps up with content-service. Safe for many threads. */
public final class FollowMeters {

  private final Clock clock;
  private final Counter applied;
  private final Counter failures;
  private volatile Instant lastSuccess;
  private volatile Instant lastCaughtUp;

  public FollowMeters(MeterRegistry registry, Clock clock) {
    this.clock = clock;
    this.lastSuccess = clock.instant();
    this.lastCaughtUp = lastSuccess;
    applied =
        Counter.builder("headline.feed.changes.applied")
            .description("Changes that this instance has applied to the index")
            .register(registry);
    failures =
        Counter.builder("headline.feed.changes.failures")
            .description("Attempts to read or apply changes that failed")
            .register(registry);
    TimeGauge.builder("headline.feed.changes.age", () -> since(lastSuccess), TimeUnit.MILLISECONDS)
        .description("Since content-service last answered and the answer was applied")
        .register(registry);
    TimeGauge.builder("headline.feed.changes.lag", () -> since(lastCaughtUp), TimeUnit.MILLISECONDS)
        .description("Since the index last held all there was, as far as this instance knows")
        .register(registry);
  }

  void applied(int changes) {
    applied.increment(changes);
    lastSuccess = clock.instant();
  }

  void caughtUp() {
    lastCaughtUp = clock.instant();
  }

  void failed() {
    failures.increment();
  }

  private long since(Instant moment) {
    return Duration.between(moment, clock.instant()).toMillis();
  }
}
