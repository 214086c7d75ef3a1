package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.Connection;
import dev.headline.rpc.FakeCallee;
import dev.headline.rpc.HandClock;
import dev.headline.rpc.OneCall;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.breaker.Outlier;
import dev.headline.rpc.breaker.Siblings;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.transport.Channels;
import io.grpc.ManagedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InstanceBreakerTest {

  private static final Duration OPEN = Duration.ofSeconds(5);
  private static final EjectionPolicy.Rates POLICY =
      new EjectionPolicy.Rates(50, 10, 3, Duration.ofSeconds(10), OPEN, 50);
  private static final Address ADDRESS = new Address.InProcess("nobody");

  private final HandClock clock = new HandClock();
  private final OneCall calls = new OneCall(CallPolicy.DEFAULT.with(POLICY));
  private final FakeCallee callee = new FakeCallee();
  private final ManagedChannel channel = Channels.open(ADDRESS);
  private final Siblings siblings = new Siblings(clock);
  private final Outlier first = siblings.join(instance("users-1"));
  private final Outlier second = siblings.join(instance("users-2"));
  private final InstanceBreaker breaker = new InstanceBreaker(POLICY, siblings, clock);

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  @Test
  void faultsEjectTheInstanceThatTheyCameFromAndNoOther() {
    callee.failWith(RpcCode.UNAVAILABLE);
    call(3, first);

    assertThat(first.isUsable()).isFalse();
    assertThat(second.isUsable()).isTrue();
    assertThat(calls.decided()).containsExactly("InstanceBreaker: ejected");
  }

  @Test
  void timeoutsEjectAnInstanceThatHangs() {
    callee.answer =
        _ -> {
          clock.pass(Duration.ofMillis(120));
          throw new RpcException(RpcCode.DEADLINE_EXCEEDED, "No answer in 120 ms");
        };
    call(3, first);

    assertThat(first.isUsable()).isFalse();
  }

  @Test
  void businessErrorsNeverEject() {
    callee.failWith(RpcCode.PERMISSION_DENIED);
    call(1_000, first);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void cancelledCallsNeverEject() {
    callee.failWith(RpcCode.CANCELLED);
    call(1_000, first);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void aRefusalForOverloadNeverEjects() {
    callee.failWith(RpcException.refused(RpcCode.RESOURCE_EXHAUSTED, "Busy"));
    call(1_000, first);

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void theLastInstanceIsNeverEjected() {
    second.end();
    callee.failWith(RpcCode.INTERNAL);
    call(100, first);

    assertThat(first.isUsable()).isTrue();
    assertThat(callee.calls).hasValue(100);
  }

  @Test
  void aProbeThatEndsInABugOfALinkEndsAllTheSame() {
    Call<?, ?> probe = probe();
    callee.answer =
        _ -> {
          throw new IllegalStateException("A bug in a link");
        };
    var _ = catchThrowableOfType(IllegalStateException.class, () -> breaker.handle(probe, callee));

    clock.pass(OPEN);

    assertThat(first.tryProbe(calls.call())).isTrue();
  }

  @Test
  void aProbeThatIsAnsweredBringsTheInstanceBack() {
    Call<?, ?> probe = probe();
    callee.heal();

    breaker.handle(probe, callee);

    assertThat(first.isUsable()).isTrue();
    assertThat(calls.decided())
        .containsExactly("InstanceBreaker: ejected", "InstanceBreaker: readmitted");
  }

  @Test
  void aProbeThatIsAnsweredByABusinessErrorBringsTheInstanceBack() {
    Call<?, ?> probe = probe();
    callee.failWith(RpcCode.NOT_FOUND);

    var _ = catchThrowableOfType(RpcException.class, () -> breaker.handle(probe, callee));

    assertThat(first.isUsable()).isTrue();
  }

  @Test
  void methodsOfOneClientJudgeAnInstanceTogether() {
    var otherMethod = new InstanceBreaker(POLICY, siblings, clock);
    callee.failWith(RpcCode.INTERNAL);
    call(2, first);

    var _ =
        catchThrowableOfType(RpcException.class, () -> otherMethod.handle(callTo(first), callee));

    assertThat(first.isUsable()).isFalse();
  }

  @Test
  void turnedOffItJudgesNobody() {
    var off = new InstanceBreaker(new EjectionPolicy.Off(), siblings, clock);
    callee.failWith(RpcCode.INTERNAL);
    for (int i = 0; i < 100; i++) {
      var _ = catchThrowableOfType(RpcException.class, () -> off.handle(callTo(first), callee));
    }

    assertThat(first.isUsable()).isTrue();
    assertThat(off.describe()).isEqualTo("off");
  }

  @Test
  void itSaysWhoIsEjected() {
    callee.failWith(RpcCode.INTERNAL);
    call(3, first);

    assertThat(breaker.describe())
        .startsWith("1 of 2 instances are ejected, 1 may be (50 %)")
        .contains("users-1: ejected since 0 ms, because 3 of its calls failed in a row")
        .doesNotContain("users-2");
  }

  private Call<?, ?> probe() {
    callee.failWith(RpcCode.INTERNAL);
    call(3, first);
    clock.pass(OPEN);
    Call<?, ?> probe = callTo(first);
    assertThat(first.tryProbe(probe)).isTrue();
    return probe;
  }

  private void call(int count, Outlier outlier) {
    for (int i = 0; i < count; i++) {
      try {
        breaker.handle(callTo(outlier), callee);
      } catch (RpcException _) {
        // What is tested is what it leads to.
      }
    }
  }

  private Call<?, ?> callTo(Outlier outlier) {
    Call<?, ?> call = calls.call();
    call.connection(new Connection(instance("users"), channel, outlier));
    return call;
  }

  private static Instance instance(String id) {
    return new Instance(id, "user-service", "default", ADDRESS, Instance.DEFAULT_WEIGHT);
  }
}
