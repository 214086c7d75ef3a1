package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.user.v1.BatchGetResponse;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of one instance of three that fails. */
class EjectionTest {

  private static final Duration FOR_GOOD = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofMillis(100);

  private final Users sick = new Users();
  private final Users second = new Users();
  private final Users third = new Users();

  @ParameterizedTest
  @EnumSource
  void pickInstanceAboveInstanceBreakerSkipsWhoIsEjected(Transport transport) throws IOException {
    try (var pair = pair(CallPolicy.within(OverEachTransport.LONG), FOR_GOOD)) {
      serve(pair, transport);
      sick.answer = _ -> fail();
      callUntilEjected(pair, 3);

      for (int i = 0; i < 30; i++) {
        pair.stub.batchGet(Users.ask(1));
      }

      assertThat(sick.calls).hasValue(3);
      assertThat(List.of(second.calls.get(), third.calls.get())).allMatch(count -> count >= 10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInstanceThatHangsIsEjectedForAllMethodsByItsTimeouts(Transport transport)
      throws IOException {
    try (var pair = pair(CallPolicy.within(Duration.ofMillis(500)), FOR_GOOD)) {
      serve(pair, transport);
      sick.answer = OverEachTransport::untilCancelled;
      callUntilEjected(pair, 3);

      for (int i = 0; i < 30; i++) {
        pair.stub.batchGet(Users.ask(1));
      }

      assertThat(sick.calls).hasValue(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void anInstanceThatIsWellAgainComesBackAfterOneProbe(Transport transport) throws IOException {
    try (var pair = pair(CallPolicy.within(OverEachTransport.LONG), SOON)) {
      serve(pair, transport);
      sick.answer = _ -> fail();
      callUntilEjected(pair, 3);
      sick.answer = Users::everybody;

      // Nobody fails any more, so every call from now on must be answered, the probe included.
      await()
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                pair.stub.batchGet(Users.ask(1));
                return sick.calls.get() == 4;
              });
      for (int i = 0; i < 30; i++) {
        pair.stub.batchGet(Users.ask(1));
      }

      assertThat(sick.calls).hasValueGreaterThanOrEqualTo(4 + 9);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theLastInstanceIsCalledHoweverMuchItFails(Transport transport) throws IOException {
    try (var pair = pair(CallPolicy.within(OverEachTransport.LONG), FOR_GOOD)) {
      pair.serve(sick, transport.address());
      sick.answer = _ -> fail();
      for (int i = 0; i < 20; i++) {
        call(pair);
      }

      assertThat(sick.calls).hasValue(20);
    }
  }

  private static Pair pair(CallPolicy policy, Duration open) {
    return new Pair(
        policy
            .with(new RetryPolicy.Off())
            .with(new HedgePolicy.Off())
            .with(new BreakerPolicy.Off())
            .with(new BalancePolicy.WeightedRoundRobin())
            .with(new EjectionPolicy.Rates(50, 100, 3, Duration.ofSeconds(10), open, 50)));
  }

  private void serve(Pair pair, Transport transport) throws IOException {
    for (Users each : List.of(second, third, sick)) {
      pair.serve(each, transport.address());
    }
    callUntil(pair, () -> Stream.of(sick, second, third).allMatch(each -> each.calls.get() > 0));
    List.of(sick, second, third).forEach(each -> each.calls.set(0));
  }

  private void callUntilEjected(Pair pair, int faults) {
    callUntil(pair, () -> sick.calls.get() == faults);
  }

  private static void callUntil(Pair pair, Callable<Boolean> reached) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(
            () -> {
              call(pair);
              return reached.call();
            });
  }

  private static void call(Pair pair) {
    try {
      pair.stub.batchGet(Users.ask(1));
    } catch (StatusRuntimeException _) {
      // What is tested is what it leads to.
    }
  }

  private static BatchGetResponse fail() {
    throw new RpcException(RpcCode.INTERNAL, "This instance is sick");
  }
}
