package dev.headline.data.cache;

import dev.headline.rpc.breaker.Breaker;
import dev.headline.rpc.breaker.Testimony;
import dev.headline.rpc.transport.Timers;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The Redis of a process: one connection that all its caches share, behind one breaker. It may be
 * down, also when this is made: then commands fail at once, and it is used when it comes. A command
 * blocks its (virtual) thread no longer than the command timeout; it does not end with the request.
 * One that timed out may be done all the same.
 *
 * <p>A heartbeat finds out that Redis hangs, or works again, even if nobody asks it anything.
 *
 * <p>Safe for use by many threads. Closing it closes the connection; its caches then read from
 * their sources.
 */
public final class SharedRedis implements AutoCloseable {

  private static final Duration HEARTBEAT = Duration.ofMillis(200);

  private final Watchers watchers = new Watchers();
  private final Timers.Source timers;
  private final LongSupplier nanoClock;
  private final Breaker breaker;
  private final RedisMeters meters;
  private final RedisLine line;
  private volatile boolean closed;

  private SharedRedis(
      RedisSettings settings,
      MeterRegistry registry,
      Timers.Source timers,
      LongSupplier nanoClock) {
    this.timers = timers;
    this.nanoClock = nanoClock;
    this.breaker = new Breaker(settings.breaker(), nanoClock);
    this.meters = new RedisMeters(registry);
    this.line = new RedisLine(settings, watchers, timers);
    meters.show(this::isConnected, breaker);
  }

  /**
   * Begins to connect and does not wait for it.
   *
   * @param settings where it is
   * @param registry where failures are counted
   */
  public static SharedRedis open(RedisSettings settings, MeterRegistry registry) {
    var redis = new SharedRedis(settings, registry, Timers::alarm, System::nanoTime);
    redis.beatLater();
    return redis;
  }

  /** Whether there is a connection, though what is at its other end may hang. */
  public boolean isConnected() {
    return line.current() != null;
  }

  /** Lets a watcher hear of keys from now on; what changed before, it may have missed. */
  void watch(RedisWatcher watcher) {
    watchers.add(watcher);
    line.renew();
  }

  void forget(RedisWatcher watcher) {
    watchers.remove(watcher);
  }

  /**
   * Runs one of the {@link Scripts}.
   *
   * @return what it answers
   * @throws RedisFailure if there is no answer
   */
  List<byte[]> run(String script, String[] keys, byte[]... arguments) {
    return ask(redis -> redis.eval(script, ScriptOutputType.MULTI, keys, arguments));
  }

  /**
   * Sends a command and waits for the answer.
   *
   * @throws RedisFailure if there is none
   */
  <T> T ask(Function<RedisAsyncCommands<String, byte[]>, RedisFuture<T>> command) {
    StatefulRedisConnection<String, byte[]> connection = connection();
    Object permit = breaker.tryEnter();
    if (permit == null) {
      meters.refused();
      throw new RedisFailure("Redis is left alone for a while");
    }
    long start = nanoClock.getAsLong();
    Testimony testimony = Testimony.AGAINST;
    try {
      T answer = command.apply(connection.async()).toCompletableFuture().join();
      testimony = Testimony.FOR;
      return answer;
    } catch (CompletionException | CancellationException | RedisException e) {
      meters.failed();
      throw new RedisFailure("Redis did not answer: " + e.getMessage());
    } finally {
      left(permit, testimony, nanoClock.getAsLong() - start);
    }
  }

  private StatefulRedisConnection<String, byte[]> connection() {
    StatefulRedisConnection<String, byte[]> connection = line.current();
    if (connection == null) {
      meters.away();
      throw new RedisFailure("Redis is not connected");
    }
    return connection;
  }

  private void left(Object permit, Testimony testimony, long nanos) {
    breaker.leave(permit, testimony, nanos);
    if (testimony == Testimony.AGAINST) {
      // Who hangs says nothing of what changes.
      watchers.lost();
    }
  }

  private void beatLater() {
    if (!closed) {
      var _ = timers.in(HEARTBEAT, this::beat);
    }
  }

  private void beat() {
    StatefulRedisConnection<String, byte[]> connection = line.current();
    Object permit = connection == null ? null : breaker.tryEnter();
    if (connection == null || permit == null) {
      beatLater();
      return;
    }
    long start = nanoClock.getAsLong();
    var _ = ping(connection).whenComplete((_, failure) -> beaten(permit, failure, start));
  }

  private static CompletionStage<String> ping(StatefulRedisConnection<String, byte[]> connection) {
    try {
      return connection.async().ping();
    } catch (RedisException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void beaten(Object permit, @Nullable Throwable failure, long start) {
    left(permit, testimony(failure), nanoClock.getAsLong() - start);
    beatLater();
  }

  private static Testimony testimony(@Nullable Throwable failure) {
    return failure == null ? Testimony.FOR : Testimony.AGAINST;
  }

  @Override
  public void close() {
    closed = true;
    line.close();
  }
}
