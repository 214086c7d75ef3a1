package dev.headline.loadtest.experiment.cache;

import dev.headline.content.v1.Content;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.CacheAside;
import dev.headline.data.cache.CachePolicy;
import dev.headline.data.cache.CachedKind;
import dev.headline.data.cache.Form;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.data.cache.Source;
import dev.headline.loadtest.experiment.judge.ExperimentException;
import dev.headline.rpc.RequestContext;
import io.grpc.Deadline;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Reads by the cache that a service has around its table. */
final class CachedReader implements Reader {

  private static final CachedKind<Long, Content> KIND =
      new CachedKind<>("content", "content", 1, String::valueOf, Form.of(Content.parser()));

  private static final String FILLS = "headline.cache.fills";

  private final Places places;
  private final ReplicaRouter router;
  private final SharedRedis redis;
  private final CacheAside<Long, Content> cache;

  CachedReader(Places places) {
    var meters = new SimpleMeterRegistry();
    this.places = places;
    this.router = ReplicaRouter.open(places.database(), meters);
    this.redis = SharedRedis.open(RedisSettings.at(places.redisUrl()), meters);
    this.cache = cache(CachePolicy.DEFAULT, meters);
    await(redis::isConnected, "Redis cannot be reached");
  }

  private CacheAside<Long, Content> cache(CachePolicy policy, MeterRegistry meters) {
    Source<Long, Content> source =
        (ids, atLeast) -> router.snapshot(atLeast, sql -> Contents.read(sql, ids));
    return new CacheAside<>(KIND, source, policy, router.session()::written, redis, meters);
  }

  @Override
  public Map<Long, Content> read(Set<Long> ids) {
    return cache.load(ids);
  }

  @Override
  public void age(int pagesPerSecond, long seed) {
    empty();
    var meters = new SimpleMeterRegistry();
    var ages = new Ages(CachePolicy.DEFAULT.lifetimes(), new Random(seed));
    Map<Duration, List<Long>> left = ages.left(pagesPerSecond);
    left.forEach(
        (time, ids) -> fill(ids, cache(CachePolicy.DEFAULT.with(ages.with(time)), meters)));
    int all = left.values().stream().mapToInt(List::size).sum();
    // Values are put in Redis after they have been handed out.
    await(() -> meters.get(FILLS).counter().count() >= all, "Redis was not filled");
  }

  private void empty() {
    try (var client = RedisClient.create(places.redisUrl());
        var connection = client.connect()) {
      connection.sync().flushall();
    }
  }

  private static void fill(List<Long> ids, CacheAside<Long, Content> with) {
    try (with;
        var scope = RequestContext.open(ReadClient.CALLER, Duration.ofSeconds(5))) {
      scope.context().run(() -> with.load(Set.copyOf(ids)));
    }
  }

  private static void await(BooleanSupplier condition, String complaint) {
    Deadline limit = Deadline.after(5, TimeUnit.SECONDS);
    while (!condition.getAsBoolean()) {
      if (limit.isExpired()) {
        throw new ExperimentException(complaint);
      }
      Thread.onSpinWait();
    }
  }
}
