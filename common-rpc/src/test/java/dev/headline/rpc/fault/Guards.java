package dev.headline.rpc.fault;

import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.LimitPolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import java.time.Duration;

/** The policies under test, and what each becomes when it is switched off. */
final class Guards {

  /** Deadlines and turns: what is left when all that reacts to a fault is switched off. */
  static final CallPolicy NONE =
      CallPolicy.DEFAULT
          .with(new RetryPolicy.Off())
          .with(new HedgePolicy.Off())
          .with(new LimitPolicy(100_000, Duration.ZERO, 0))
          .with(new BreakerPolicy.Off())
          .with(new EjectionPolicy.Off())
          .with(new BalancePolicy.WeightedRoundRobin())
          .with(new AdmissionPolicy.Off());

  /**
   * The standard policy, with breakers that look back two seconds and not ten, and look again after
   * one, so that a test sees it. One attempt may take longer, because here six processes share two
   * cores.
   */
  static final CallPolicy ALL =
      CallPolicy.DEFAULT
          .with(TimeoutPolicy.DEFAULT.withAttempt(Duration.ofMillis(200)))
          .with(
              new BreakerPolicy.Rates(
                  50,
                  80,
                  Duration.ofMillis(500),
                  20,
                  Duration.ofSeconds(2),
                  Duration.ofSeconds(1),
                  2))
          .with(
              new EjectionPolicy.Rates(
                  50, 10, 5, Duration.ofSeconds(2), Duration.ofSeconds(1), 50));

  private Guards() {}
}
