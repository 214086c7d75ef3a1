package dev.headline.rpc.fault;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.fault.Outcome.Answered;
import dev.headline.rpc.fault.Outcome.Failed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What became of the calls of a load, in the order in which they were sent.
 *
 * @param outcomes one for each call
 * @param budget how long each caller was ready to wait
 * @param mostLate by how much the load itself was behind its plan at worst: whether the machine
 *     kept up
 */
record LoadResult(List<Outcome> outcomes, Duration budget, Duration mostLate) {

  /** The calls from one number to before another. */
  LoadResult part(int from, int to) {
    return new LoadResult(outcomes.subList(from, to), budget, mostLate);
  }

  /** The calls with such numbers. */
  LoadResult where(IntPredicate number) {
    return new LoadResult(
        IntStream.range(0, count()).filter(number).mapToObj(outcomes::get).toList(),
        budget,
        mostLate);
  }

  int count() {
    return outcomes.size();
  }

  /** How many were answered while somebody waited. */
  long answeredInTime() {
    return answered().filter(each -> each.nanos() <= budget.toNanos()).count();
  }

  /** The share of those that were answered while somebody waited, 0 to 1. */
  double inTime() {
    return (double) answeredInTime() / count();
  }

  List<Failed> failures() {
    return outcomes.stream().filter(Failed.class::isInstance).map(Failed.class::cast).toList();
  }

  /** The share of the failures that cost their caller no more than this, 0 to 1; 1 of none. */
  double failuresWithin(Duration cost) {
    List<Failed> failures = failures();
    long cheap = failures.stream().filter(each -> each.nanos() <= cost.toNanos()).count();
    return failures.isEmpty() ? 1 : (double) cheap / failures.size();
  }

  Map<RpcCode, Long> failuresByCode() {
    return failures().stream().collect(groupingBy(Failed::code, TreeMap::new, counting()));
  }

  /** How many each instance has answered. */
  Map<String, Long> byInstance() {
    return answered().collect(groupingBy(Answered::instance, TreeMap::new, counting()));
  }

  /** The share of an instance in all answers, 0 to 1. */
  double share(String instance) {
    return (double) byInstance().getOrDefault(instance, 0L) / Math.max(1, answered().count());
  }

  /** How long that share of the answers took at most. */
  Duration percentile(double share) {
    List<Long> sorted = answered().map(Answered::nanos).sorted().toList();
    if (sorted.isEmpty()) {
      return Duration.ZERO;
    }
    int index = (int) Math.ceil(share * sorted.size()) - 1;
    return Duration.ofNanos(sorted.get(Math.max(0, index)));
  }

  private Stream<Answered> answered() {
    return outcomes.stream().filter(Answered.class::isInstance).map(Answered.class::cast);
  }

  /** The figures, and one sentence of a failure: what a person wants to know when a test fails. */
  @Override
  public String toString() {
    return "%d calls, %d answered in time by %s (p50 %d ms, p99 %d ms), failed %s%s; sent up to %d ms late"
        .formatted(
            count(),
            answeredInTime(),
            byInstance(),
            percentile(0.5).toMillis(),
            percentile(0.99).toMillis(),
            failuresByCode(),
            failures().stream().findFirst().map(one -> " such as " + one.message()).orElse(""),
            mostLate.toMillis());
  }
}
