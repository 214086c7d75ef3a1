package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Decision;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.DegradePolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DegradeTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));
  private final Target target =
      new Target(KEY, CallPolicy.DEFAULT, governance.meters().client(KEY), governance.decisions());
  private final AtomicInteger passed = new AtomicInteger();
  private Instant now = NOON;

  @Test
  void callsAreMadeUnlessSomebodySwitchesThemOff() {
    call(DegradePolicy.DEFAULT);

    assertThat(passed).hasValue(1);
    assertThat(target.decisions().count()).isZero();
  }

  @Test
  void aCallThatIsSwitchedOffIsRefusedAndNotToBeTriedAgain() {
    RpcException refusal =
        catchThrowableOfType(
            RpcException.class, () -> call(new DegradePolicy.On(NOON.plusSeconds(60), "Moving")));

    assertThat(refusal)
        .hasMessage(
            "BatchGet of user-service is switched off by policy until 2026-11-21T12:01:00Z: Moving");
    assertThat(refusal.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(refusal.pushback()).isEqualTo(Pushback.NEVER);
    assertThat(passed).hasValue(0);
    assertThat(target.decisions().latest())
        .singleElement()
        .extracting(Decision::link, Decision::outcome, Decision::reason)
        .containsExactly("Degrade", "switched off", refusal.getMessage());
  }

  @Test
  void theSwitchTurnsItselfOff() {
    var policy = new DegradePolicy.On(NOON.plusSeconds(60), "Moving");
    var degrade = new Degrade(KEY, policy, () -> now);
    now = NOON.plusSeconds(60).minusMillis(1);
    assertThat(catchThrowableOfType(RpcException.class, () -> call(degrade))).isNotNull();

    now = NOON.plusSeconds(60);
    call(degrade);

    assertThat(passed).hasValue(1);
    assertThat(degrade.describe()).startsWith("over: ").contains("Moving");
  }

  private void call(DegradePolicy policy) {
    call(new Degrade(KEY, policy, () -> now));
  }

  private void call(Degrade degrade) {
    var call =
        new Call<>(
            UserServiceGrpc.getBatchGetMethod(),
            BatchGetRequest.getDefaultInstance(),
            target,
            new Metadata());
    var _ = degrade.handle(call, new Passed());
  }

  private final class Passed implements Endpoint {

    // It is asked for nothing else.
    @Override
    @SuppressWarnings("unchecked")
    public <Q, R> R invoke(Call<Q, R> call) {
      passed.incrementAndGet();
      return (R) BatchGetResponse.getDefaultInstance();
    }
  }
}
