package dev.headline.loadtest.experiment.slow;

import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;

/** One way to call instances. */
enum Arm {
  /** Each instance in its turn, whatever it does, and each call once, for as long as it takes. */
  ROUND_ROBIN {
    @Override
    CallPolicy policy() {
      return CallPolicy.DEFAULT
          .with(new BalancePolicy.WeightedRoundRobin())
          .with(new EjectionPolicy.Off())
          .with(new BreakerPolicy.Off())
          .with(new RetryPolicy.Off())
          .with(new HedgePolicy.Off());
    }
  },
  /** What holds where no rule says otherwise: peak-EWMA, ejection and hedging. */
  GOVERNED {
    @Override
    CallPolicy policy() {
      return CallPolicy.DEFAULT;
    }
  };

  abstract CallPolicy policy();
}
