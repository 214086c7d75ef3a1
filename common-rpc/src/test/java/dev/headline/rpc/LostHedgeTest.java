package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.TimeoutPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The attempt that loses a race is called off at every hop behind it. */
class LostHedgeTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final int CALLS = 20;

  private static final CallPolicy POLICY =
      CallPolicy.DEFAULT
          .with(new TimeoutPolicy(LONG, LONG, LONG, LONG, LONG, Duration.ofMillis(5)))
          .with(new BudgetPolicy(50, 10))
          .with(new HedgePolicy.AtPercentile(95, Duration.ofMillis(1), Duration.ofMillis(50), 50));

  @ParameterizedTest
  @EnumSource
  void noHopWorksOnForTheLoser(Transport transport) throws IOException {
    try (var hops = new Hops(transport, POLICY)) {
      hops.last(Users::everybody);
      hops.serve("a", "a-2", new Users(), transport);
      for (int i = 0; i < 200; i++) {
        assertThat(hops.first.batchGet(Users.ask(i)).getUsersCount()).isEqualTo(1);
      }

      var lost = new AtomicInteger();
      hops.last(
          request -> {
            lost.incrementAndGet();
            return OverEachTransport.untilCancelled(request);
          });
      for (int i = 0; i < CALLS; i++) {
        // Each is answered by the instance that does not hang, sooner or later.
        try (var request = Pair.request(LONG)) {
          int number = i;
          assertThat(request.context().call(() -> hops.first.batchGet(Users.ask(number))))
              .isNotNull();
          Awaitility.await().until(() -> hops.alive.get() == 0);
        }
      }

      assertThat(lost).hasValueGreaterThan(0);
      assertThat(hops.interrupted).isFalse();
    }
  }
}
