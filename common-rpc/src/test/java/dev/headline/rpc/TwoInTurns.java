package dev.headline.rpc;

import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import java.io.IOException;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

/** A client that calls two instances in turns, and calls again what failed. */
abstract class TwoInTurns extends OverEachTransport {

  static final Duration ATTEMPT = Duration.ofMillis(120);
  static final CallPolicy IN_TURNS =
      CallPolicy.DEFAULT
          .with(new TimeoutPolicy(LONG, ATTEMPT, LONG, LONG, LONG, Duration.ofMillis(5)))
          .with(new HedgePolicy.Off())
          .with(new BalancePolicy.WeightedRoundRobin())
          .with(new BreakerPolicy.Off())
          .with(new EjectionPolicy.Off());
  static final CallPolicy RETRIED = IN_TURNS.with(new BudgetPolicy(100, 1_000));

  final Users second = new Users();
  int warmUp;

  TwoInTurns(Transport transport) {
    super(transport);
  }

  @BeforeEach
  void retry() throws IOException {
    startAnew(RETRIED);
  }

  void startAnew(CallPolicy policy) throws IOException {
    startAnew(new Pair(policy));
    pair.serve(second, address());
    awaitBoth();
  }

  void awaitBoth() {
    warmUp = 0;
    Awaitility.await()
        .until(
            () -> {
              pair.stub.batchGet(Users.ask(1));
              warmUp++;
              return users.calls.get() > 0 && second.calls.get() > 0;
            });
    users.calls.set(0);
    second.calls.set(0);
  }

  static RpcException gone() {
    return new RpcException(RpcCode.UNAVAILABLE, "Gone");
  }
}
