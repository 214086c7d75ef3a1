package dev.headline.rpc.load;

import dev.headline.rpc.RpcException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What came of one field.
 *
 * @param values cannot be modified
 * @param missing the reasons; empty if every key has its answer
 * @param unanswered the keys without an answer; empty if they never became known
 * @param effort what it took
 */
record NodeResult<K, V>(
    Outcome outcome, Map<K, V> values, List<Missing> missing, Set<K> unanswered, Effort effort) {

  /** A field that was never asked. */
  static <K, V> NodeResult<K, V> without(
      Field<?, ?> field, Outcome outcome, RpcException why, Effort effort) {
    return new NodeResult<>(
        outcome, Map.of(), List.of(Missing.of(field, 0, why)), Set.of(), effort);
  }

  /**
   * What calls have brought.
   *
   * @param late why the calls that are still out are given up
   */
  static <K, V> NodeResult<K, V> of(
      Field<?, ?> field,
      Map<K, V> values,
      List<Batch<K, V>> batches,
      Supplier<RpcException> late,
      Effort effort) {
    Map<K, V> found = Collections.unmodifiableMap(values);
    if (batches.stream().allMatch(Batch::isAnswered)) {
      return new NodeResult<>(Outcome.OK, found, List.of(), Set.of(), effort);
    }
    var missing = new ArrayList<Missing>();
    var unanswered = new HashSet<K>();
    Outcome outcome = Outcome.FAILED;
    for (Batch<K, V> batch : batches) {
      if (batch.isAnswered()) {
        continue;
      }
      if (batch.isOpen()) {
        outcome = Outcome.LATE;
      }
      Missing.add(missing, Missing.of(field, batch.keys().size(), batch.failureOr(late)));
      unanswered.addAll(batch.keys());
    }
    if (batches.stream().anyMatch(Batch::isAnswered)) {
      outcome = Outcome.PARTIAL;
    }
    return new NodeResult<>(outcome, found, missing, unanswered, effort);
  }

  boolean isMissing(K key) {
    return outcome != Outcome.OK && (unanswered.isEmpty() || unanswered.contains(key));
  }

  /**
   * What one field took.
   *
   * @param ready when its keys were known, in nanoseconds of the runner's clock
   * @param started when its first call began
   * @param ended when its last call ended, or was given up
   * @param calls made or about to be made
   * @param keys without the repeated ones
   * @param repeated how many keys were left out because they were there already
   */
  record Effort(long ready, long started, long ended, int calls, int keys, int repeated) {}
}
