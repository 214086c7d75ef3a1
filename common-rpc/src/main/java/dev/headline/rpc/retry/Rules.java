package dev.headline.rpc.retry;

import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import dev.headline.rpc.transport.Timers;
import dev.headline.rpc.words.Figures;
import io.grpc.Deadline;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds for all calls of one chain, and what they share.
 *
 * @param idempotent whether a call may be sent again although it may have been executed
 * @param retry whether a call that failed is tried again
 * @param timeout what one attempt may take as long as another may follow
 * @param hedging sends a second attempt beside a slow one; null if that is never done
 * @param budget pays for further attempts
 * @param latencies how long attempts take
 * @param connected how many instances are connected now
 * @param clockwork where time and chance come from
 */
record Rules(
    boolean idempotent,
    RetryPolicy retry,
    TimeoutPolicy timeout,
    @Nullable Hedging hedging,
    RetryBudget budget,
    LatencyWindow latencies,
    IntSupplier connected,
    Clockwork clockwork) {

  private static final long LATENESS = Timers.LATENESS.toNanos();

  /** Whether any call here can ever be sent a second time. */
  boolean sendAgain() {
    return retries() > 0 || hedging != null;
  }

  /** How many further attempts a call may have after failures. */
  int retries() {
    return switch (retry) {
      case RetryPolicy.Off() -> 0;
      case RetryPolicy.Backoff backoff -> backoff.retries();
    };
  }

  /**
   * How long to wait after failures: anything between nothing and a ceiling that doubles.
   *
   * @param failures how many there were, at least one
   */
  long backoff(int failures) {
    return switch (retry) {
      case RetryPolicy.Off() -> 0;
      case RetryPolicy.Backoff(int most, var first, var longest) -> {
        // No more doublings than there can be failures, so that no shift overflows.
        long doubled = first.toNanos() << Math.min(failures - 1, most);
        long ceiling = Math.min(doubled, longest.toNanos());
        yield clockwork.random().get().nextLong(ceiling + 1);
      }
    };
  }

  /**
   * The deadline of an attempt that another one may follow: what the policy allows for one, if that
   * leaves enough for the other. Where it does not, or where the usual attempt would not be done by
   * then, the attempt has all there is: to cut it off would only waste it. That it is cut off late
   * is at the expense of the other as well.
   *
   * @param whole the deadline of the call
   * @param now when the attempt begins
   */
  Deadline slice(Deadline whole, long now) {
    long remaining = whole.timeRemaining(TimeUnit.NANOSECONDS);
    long usual = latencies.median(now);
    long forTheNext = Math.max(timeout.margin().toNanos(), usual) + LATENESS;
    long slice = Math.min(timeout.attempt().toNanos(), remaining - forTheNext);
    return slice <= usual ? whole : whole.offset(slice - remaining, TimeUnit.NANOSECONDS);
  }

  /** Whether, as things are, so many retries could be followed by another, at another instance. */
  boolean mayFollow(int retries) {
    return retries < retries() && budget.hasToken() && connected.getAsInt() > 1;
  }

  /** Notes that a call begins. */
  void deposit() {
    budget.deposit();
    if (hedging != null) {
      hedging.deposit();
    }
  }

  /**
   * Notes that an attempt has taken so long until now.
   *
   * @param start when it began
   */
  void took(long start) {
    long now = clockwork.now();
    latencies.record(now - start, now);
  }

  /** What is done by the policy, and the state of it, for people. */
  String describe() {
    if (!sendAgain()) {
      return "A call is sent once.";
    }
    long now = clockwork.now();
    long median = latencies.median(now);
    return String.join(
        "\n",
        idempotent
            ? "The method may be executed twice."
            : "The method is not idempotent: only what was surely not executed is sent again.",
        "After a failure: " + retryInWords() + ".",
        "Beside a slow attempt: " + (hedging == null ? "nothing" : hedging.describe(now)) + ".",
        "An attempt has %s as long as another may follow. How long half of them take is %s."
            .formatted(
                Figures.millis(timeout.attempt()),
                median == LatencyWindow.UNKNOWN
                    ? "not known yet"
                    : "less than " + Figures.millis(median)),
        "Budget: " + budget + ".");
  }

  private String retryInWords() {
    return switch (retry) {
      case RetryPolicy.Off() -> "nothing";
      case RetryPolicy.Backoff(int most, var first, var longest) ->
          "up to %d more, after a random wait of up to %s, doubling up to %s"
              .formatted(most, Figures.millis(first), Figures.millis(longest));
    };
  }
}
