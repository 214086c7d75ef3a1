package dev.headline.rpc.load;

import dev.headline.rpc.RpcException;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call of a loader. What became of it is written and read by its {@link NodeRun} only. */
final class Batch<K, V> {

  private final NodeRun<K, V> node;
  private final Set<K> keys;
  private boolean answered;
  private @Nullable RpcException failure;

  Batch(NodeRun<K, V> node, Set<K> keys) {
    this.node = node;
    this.keys = keys;
  }

  NodeRun<K, V> node() {
    return node;
  }

  Set<K> keys() {
    return keys;
  }

  Map<K, V> call() {
    return node.loader().load(keys);
  }

  void answered() {
    answered = true;
  }

  void failed(RpcException why) {
    failure = why;
  }

  boolean isOpen() {
    return !answered && failure == null;
  }

  boolean isAnswered() {
    return answered;
  }

  /** Why there is no answer; null if there is one, or none yet. */
  @Nullable RpcException failure() {
    return failure;
  }

  RpcException failureOr(Supplier<RpcException> late) {
    return failure == null ? late.get() : failure;
  }
}
