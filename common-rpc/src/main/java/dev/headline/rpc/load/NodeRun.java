package dev.headline.rpc.load;

import dev.headline.rpc.RpcException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One field in one run. Every method is atomic. It is asked once, settles once, when the last of
 * its calls has ended, and does not change after it was closed.
 */
final class NodeRun<K, V> {

  private final PlanNode node;
  private final Loader<K, V> loader;

  private @Nullable Keys<K> keys;
  private List<Batch<K, V>> batches = List.of();
  private Map<K, V> values = Map.of();
  private @Nullable RpcException blocked;
  private Outcome blockedAs = Outcome.SKIPPED;
  private int open;
  private boolean begun;
  private boolean closed;
  private long ready;
  private long started;
  private long ended;

  private NodeRun(PlanNode node, Loader<K, V> loader) {
    this.node = node;
    this.loader = loader;
  }

  static NodeRun<?, ?> of(PlanNode node) {
    return switch (node.loader()) {
      case BasicLoader<?, ?> basic -> new NodeRun<>(node, basic.loader());
      case SubLoader<?, ?, ?> sub -> new NodeRun<>(node, sub.loader());
    };
  }

  PlanNode node() {
    return node;
  }

  Loader<K, V> loader() {
    return loader;
  }

  /** The keys that the values of the field it needs ask for. */
  Keys<?> keysFrom(Collection<?> parentValues) {
    return switch (node.loader()) {
      case SubLoader<?, ?, ?> sub -> sub.keysFrom(parentValues);
      case BasicLoader<?, ?> basic ->
          throw new IllegalStateException(basic.field() + " needs no other field");
    };
  }

  /** Says which calls to make; none if there is nothing to ask for, and then it is settled. */
  // The keys are those of this field: the primary ones, of which the plan has the type, or those
  // that its own sub loader has made.
  @SuppressWarnings("unchecked")
  synchronized List<Batch<K, V>> ask(Keys<?> asked, long now) {
    keys = (Keys<K>) asked;
    ready = now;
    started = now;
    ended = now;
    values = HashMap.newHashMap(keys.distinct().size());
    var calls = new ArrayList<Batch<K, V>>();
    for (Set<K> part : keys.split(node.loader().maxBatch())) {
      calls.add(new Batch<>(this, part));
    }
    batches = calls;
    open = calls.size();
    return calls;
  }

  /** Settles it without a call. */
  synchronized void block(Outcome outcome, RpcException why, long now) {
    blocked = why;
    blockedAs = outcome;
    ready = now;
    started = now;
    ended = now;
  }

  /** Whether a call may be made; not once the run is over. */
  synchronized boolean begin(long now) {
    if (!begun) {
      begun = true;
      started = now;
    }
    return !closed;
  }

  /**
   * Takes a reply, and of it what was asked for.
   *
   * @return whether this was the last call
   */
  synchronized boolean answer(Batch<K, V> batch, Map<K, V> reply, long now) {
    if (closed) {
      return false;
    }
    for (K key : batch.keys()) {
      V value = reply.get(key);
      if (value != null) {
        values.put(key, value);
      }
    }
    batch.answered();
    return endOne(now);
  }

  /**
   * Takes a failure.
   *
   * @return whether this was the last call
   */
  synchronized boolean fail(Batch<K, V> batch, RpcException failure, long now) {
    if (closed) {
      return false;
    }
    batch.failed(failure);
    return endOne(now);
  }

  /** The values that have come. */
  synchronized Collection<V> values() {
    return values.values();
  }

  /** Whether a call was answered, or none had to be made. */
  synchronized boolean isAnswered() {
    return keys != null && (batches.isEmpty() || batches.stream().anyMatch(Batch::isAnswered));
  }

  /** The first reason for which something is missing; null if nothing is, or not yet. */
  synchronized @Nullable RpcException failure() {
    RpcException first = blocked;
    for (Batch<K, V> batch : batches) {
      first = first == null ? batch.failure() : first;
    }
    return first;
  }

  /**
   * Ends it as it is.
   *
   * @param late why the calls that are still out are given up
   */
  synchronized NodeResult<K, V> close(long now, Supplier<RpcException> late) {
    closed = true;
    if (blocked != null) {
      return NodeResult.without(node.field(), blockedAs, blocked, effort(ended));
    }
    if (keys == null) {
      ready = now;
      started = now;
      return NodeResult.without(node.field(), Outcome.LATE, late.get(), effort(now));
    }
    return NodeResult.of(node.field(), values, batches, late, effort(open == 0 ? ended : now));
  }

  private boolean endOne(long now) {
    ended = now - ended > 0 ? now : ended;
    return --open == 0;
  }

  private NodeResult.Effort effort(long until) {
    return keys == null
        ? new NodeResult.Effort(ready, started, until, 0, 0, 0)
        : new NodeResult.Effort(
            ready, started, until, batches.size(), keys.distinct().size(), keys.repeated());
  }
}
