package dev.headline.rpc.policy;

import java.time.Duration;

/** Which of the instances of a cluster answers a call. */
public sealed interface BalancePolicy {

  /** What holds where no rule says otherwise. */
  BalancePolicy DEFAULT = new PeakEwma(Duration.ofSeconds(10));

  /** Each in its turn, as often as its weight says. */
  record WeightedRoundRobin() implements BalancePolicy {}

  /** The one of two at random that has fewer requests out. */
  record LeastRequest() implements BalancePolicy {}

  /**
   * The one of two at random that would cost less: its recent latency, quick to rise and slow to
   * fall, times what it has to do already. Finagle's idea.
   *
   * @param decay how long a peak is remembered; 100 ms to 10 min
   */
  record PeakEwma(Duration decay) implements BalancePolicy {

    public PeakEwma {
      Bounds.time("balance.decay", decay, Duration.ofMillis(100), Duration.ofMinutes(10));
    }
  }

  /**
   * Always the same one for the same value of a piece of passthrough metadata, as long as it is
   * there.
   *
   * @param key the name of that piece
   */
  record ConsistentHash(String key) implements BalancePolicy {

    public ConsistentHash {
      if (key.isBlank()) {
        throw new IllegalArgumentException("balance.key names a piece of metadata, but is blank");
      }
    }
  }

  /**
   * One in this process or on this host as long as that has no more than so many requests out, and
   * one further away otherwise.
   *
   * @param spill how many requests each near instance may have out; 1 to 100,000
   */
  record NearestFirst(int spill) implements BalancePolicy {

    public NearestFirst {
      Bounds.count("balance.spill", spill, 1, 100_000);
    }
  }
}
