package dev.headline.data.cache;

import dev.headline.data.Snapshot;
import dev.headline.data.cache.Entry.Answer;
import dev.headline.data.cache.Entry.Present;
import dev.headline.data.pool.Gate;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Loads what a cache does not have. Where it gets the lease, it reads the source and fills; where
 * another instance has it, it waits a little for that one, and then reads the source all the same
 * and fills nothing. So it does when Redis does not answer.
 *
 * <p>Only so many reads at a time are let through to the source, whatever happens to Redis.
 */
final class ColdRead<K, V> implements Consumer<Flight<K, V>> {

  private static final Duration FIRST_REST = Duration.ofMillis(2);
  private static final Duration LONGEST_REST = Duration.ofMillis(32);

  private final RedisStore<K, V> store;
  private final Source<K, V> source;
  private final Gate gate;
  private final CachePolicy policy;
  private final Surroundings surroundings;
  private final CacheMeters meters;

  ColdRead(
      RedisStore<K, V> store,
      Source<K, V> source,
      Gate gate,
      CachePolicy policy,
      Surroundings surroundings,
      CacheMeters meters) {
    this.store = store;
    this.source = source;
    this.gate = gate;
    this.policy = policy;
    this.surroundings = surroundings;
    this.meters = meters;
  }

  @Override
  public void accept(Flight<K, V> flight) {
    try {
      shareTheWork(flight);
    } catch (RedisFailure _) {
      // Nobody else can be asked, and nothing be filled.
    }
    Set<K> left = flight.waiting();
    if (!left.isEmpty()) {
      read(flight, left);
    }
  }

  /** Returns when all have landed, or others have been waited for long enough. */
  private void shareTheWork(Flight<K, V> flight) {
    long end = surroundings.nanoClock().getAsLong() + policy.lease().patience().toNanos();
    Duration rest = FIRST_REST;
    readWhatIsGranted(flight);
    while (!flight.waiting().isEmpty() && surroundings.nanoClock().getAsLong() - end < 0) {
      Waiting.rest(rest, surroundings.timers(), RequestContext.current());
      rest = rest.compareTo(LONGEST_REST) < 0 ? rest.multipliedBy(2) : rest;
      readWhatIsGranted(flight);
    }
  }

  private void readWhatIsGranted(Flight<K, V> flight) {
    Grant<K, V> grant = store.lease(flight.waiting(), flight.need().written());
    grant.answers().forEach((key, answer) -> flight.land(key, value(answer)));
    if (grant.keys().isEmpty()) {
      return;
    }
    store.fill(grant, grant.keys(), readOrRelease(flight, grant));
  }

  // Whatever is thrown goes on.
  @SuppressWarnings("CatchingUnchecked")
  private Snapshot<Map<K, V>> readOrRelease(Flight<K, V> flight, Grant<K, V> grant) {
    try {
      return read(flight, grant.keys());
    } catch (RuntimeException failure) {
      release(grant);
      throw failure;
    }
  }

  private void release(Grant<K, V> grant) {
    try {
      store.release(grant);
    } catch (RedisFailure _) {
      // The lease expires by itself.
    }
  }

  private Snapshot<Map<K, V>> read(Flight<K, V> flight, Set<K> keys) {
    Snapshot<Map<K, V>> read = throughTheGate(flight, keys);
    for (K key : keys) {
      flight.land(key, Optional.ofNullable(read.value().get(key)));
    }
    return read;
  }

  private Snapshot<Map<K, V>> throughTheGate(Flight<K, V> flight, Set<K> keys) {
    try (Scope patience = RequestContext.current().within(policy.limit().patience())) {
      gate.enter(patience.context());
    }
    try {
      meters.loaded();
      return source.read(Collections.unmodifiableSet(keys), flight.need().latest());
    } finally {
      gate.leave();
    }
  }

  private static <V> Optional<V> value(Answer<V> answer) {
    return answer instanceof Present<V> present ? Optional.of(present.value()) : Optional.empty();
  }
}
