package dev.headline.data.cache;

import dev.headline.rpc.policy.BreakerPolicy;
import io.lettuce.core.RedisURI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, and when it is left alone. The components are the properties below {@code
 * headline.data.redis}, such as {@code headline.data.redis.command-timeout}.
 *
 * @param url such as {@code redis://127.0.0.1:6379}; may hold a password, so it is never shown
 * @param commandTimeout how long a command may take, 10 ms to 1 s
 * @param breakerCalls how many commands of the last second are looked at before the breaker may
 *     open because half of them failed, 2 to 1,000
 * @param breakerOpen how long Redis is then left alone, 100 ms to 1 min
 */
public record RedisSettings(
    String url, Duration commandTimeout, int breakerCalls, Duration breakerOpen) {

  private static final String DEFAULT_URL = "redis://127.0.0.1:6379";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(80);
  private static final Duration DEFAULT_OPEN = Duration.ofMillis(500);
  private static final int DEFAULT_CALLS = 10;
  private static final int PROBES = 2;

  /** Checks what a binder found, which is null or zero where it found nothing. */
  public RedisSettings(
      @Nullable String url,
      @Nullable Duration commandTimeout,
      int breakerCalls,
      @Nullable Duration breakerOpen) {
    this.url = url == null || url.isBlank() ? DEFAULT_URL : url;
    this.commandTimeout = commandTimeout == null ? DEFAULT_TIMEOUT : commandTimeout;
    this.breakerCalls = breakerCalls == 0 ? DEFAULT_CALLS : breakerCalls;
    this.breakerOpen = breakerOpen == null ? DEFAULT_OPEN : breakerOpen;
    readable(this.url);
    between("command-timeout", this.commandTimeout, Duration.ofMillis(10), Duration.ofSeconds(1));
    between("breaker-open", this.breakerOpen, Duration.ofMillis(100), Duration.ofMinutes(1));
    if (this.breakerCalls < 2 || this.breakerCalls > 1_000) {
      throw new IllegalArgumentException(
          "headline.data.redis.breaker-calls is 2 to 1000, but this one is " + breakerCalls);
    }
  }

  /** The Redis of an address, with all else as usual. */
  public static RedisSettings at(String url) {
    return new RedisSettings(url, null, 0, null);
  }

  RedisURI uri() {
    return RedisURI.create(url);
  }

  /** Slow is what takes more than half of the time that it may take. */
  BreakerPolicy.Rates breaker() {
    return new BreakerPolicy.Rates(
        50,
        90,
        commandTimeout.dividedBy(2),
        breakerCalls,
        Duration.ofSeconds(1),
        breakerOpen,
        PROBES);
  }

  /** These settings without user and password. */
  @Override
  public String toString() {
    RedisURI uri = uri();
    return "Redis at %s:%d, %s a command".formatted(uri.getHost(), uri.getPort(), commandTimeout);
  }

  // What the library says of an unreadable address would show the password in it.
  private static void readable(String url) {
    try {
      var _ = RedisURI.create(url);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "headline.data.redis.url is written like " + DEFAULT_URL + ", but this one is not");
    }
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "headline.data.redis.%s is %s to %s, but this one is %s"
              .formatted(name, least, most, value));
    }
  }
}
