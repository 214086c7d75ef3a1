package dev.headline.rpc.balance;

import dev.headline.rpc.policy.BalancePolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * From a policy to its balancer.
 *
 * @param slowStart how new instances are brought to their full share
 * @param random where chance comes from; safe for use by many threads
 */
public record Balancing(SlowStart slowStart, RandomGenerator random) {

  private static final Duration USUAL_DECAY = Duration.ofSeconds(10);

  /** With the chance of whichever thread asks. */
  public static Balancing with(SlowStart slowStart) {
    // One that is shared by name would be seeded for one thread only.
    return new Balancing(slowStart, () -> ThreadLocalRandom.current().nextLong());
  }

  /** A balancer over a fixed list of nodes. */
  public Balancer over(BalancePolicy policy, List<Node> nodes) {
    return switch (policy) {
      case BalancePolicy.WeightedRoundRobin() -> new WeightedRoundRobin(nodes, slowStart, random);
      case BalancePolicy.LeastRequest() ->
          new TwoChoices(nodes, slowStart, Cost.LEAST_REQUEST, random);
      case BalancePolicy.PeakEwma _ -> new TwoChoices(nodes, slowStart, Cost.PEAK_EWMA, random);
      case BalancePolicy.ConsistentHash _ -> new ConsistentHash(nodes, slowStart);
      case BalancePolicy.NearestFirst(int spill) ->
          new NearestFirst(nodes, Here.DISTANCE, spill, slowStart, random);
    };
  }

  /** How long latencies are remembered under a policy, be it only to be shown. */
  public static Duration decay(BalancePolicy policy) {
    return policy instanceof BalancePolicy.PeakEwma(Duration decay) ? decay : USUAL_DECAY;
  }

  /** What a policy does, in words for people. */
  public String describe(BalancePolicy policy) {
    String rule =
        switch (policy) {
          case BalancePolicy.WeightedRoundRobin() ->
              "each in its turn, as often as its weight says";
          case BalancePolicy.LeastRequest() ->
              "of two drawn by weight the one with fewer calls in flight for its weight";
          case BalancePolicy.PeakEwma(Duration decay) ->
              "of two drawn by weight the one of lower cost = average latency × (1 + calls in"
                  + " flight / weight); an average forgets 63 %% in %d ms"
                      .formatted(decay.toMillis());
          case BalancePolicy.ConsistentHash(String key) ->
              "the one whose part of the ring holds the hash of baggage '%s'; any if a call has none"
                  .formatted(key);
          case BalancePolicy.NearestFirst(int spill) ->
              "the least busy of the nearest; one with %d calls in flight is passed over for one farther away"
                  .formatted(spill);
        };
    return slowStart.equals(SlowStart.NONE)
        ? rule
        : "%s; a new one grows from 10 %% of its weight to all of it in %d ms"
            .formatted(rule, slowStart.window().toMillis());
  }

  /** Found out once, and only if somebody wants to know. */
  private static final class Here {

    private static final Distance DISTANCE = Distance.fromThisMachine();
  }
}
