package dev.headline.data.cache;

import dev.headline.rpc.breaker.Breaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.BooleanSupplier;

/** What is counted of Redis, under names that begin with {@code headline.redis}. */
final class RedisMeters {

  /** Commands that gave nothing; has the label reason: away, refused (by the breaker), failed. */
  static final String FAILURES = "headline.redis.failures";

  /** 1 if there is a connection, 0 if not. */
  static final String CONNECTED = "headline.redis.connected";

  /** 0 closed, 1 half open, 2 open. */
  static final String BREAKER_STATE = "headline.redis.breaker.state";

  private final MeterRegistry registry;
  private final Counter away;
  private final Counter refused;
  private final Counter failed;

  RedisMeters(MeterRegistry registry) {
    this.registry = registry;
    this.away = failures("away");
    this.refused = failures("refused");
    this.failed = failures("failed");
  }

  void away() {
    away.increment();
  }

  void refused() {
    refused.increment();
  }

  void failed() {
    failed.increment();
  }

  void show(BooleanSupplier connected, Breaker breaker) {
    Gauge.builder(CONNECTED, () -> connected.getAsBoolean() ? 1 : 0).register(registry);
    Gauge.builder(BREAKER_STATE, () -> number(breaker.state())).register(registry);
  }

  private static int number(Breaker.State state) {
    return switch (state) {
      case CLOSED -> 0;
      case HALF_OPEN -> 1;
      case OPEN -> 2;
    };
  }

  private Counter failures(String reason) {
    return Counter.builder(FAILURES)
        .description("Commands to Redis that gave nothing, and why")
        .tag("reason", reason)
        .register(registry);
  }
}
