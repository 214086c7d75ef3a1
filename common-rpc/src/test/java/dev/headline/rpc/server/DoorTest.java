package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Execution;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Verdict;
import dev.headline.rpc.policy.AccessPolicy;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.Metering;
import dev.headline.rpc.telemetry.MetricNames;
import io.grpc.Deadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The door, and what becomes of its verdicts in the chain, link by link. */
class DoorTest extends BeforeTheDoor {

  private final Policies policies =
      new Policies(new PolicyTable(CallPolicy.DEFAULT.with(ONE), List.of()));

  @Test
  void accessControlAboveLoadSheddingADeniedCallTakesNoRoom() {
    var call = call();
    Permit permit = door(AccessPolicy.DENY, ONE).open(call);

    assertThat(permit).isSameAs(Permit.FREE);
    assertThat(call.verdict()).isEqualTo(new Verdict.Denied("denied by policy"));
    assertThat(admission.capacity().inFlight()).isZero();
  }

  @Test
  void accessControlAboveLoadSheddingADeniedCallIsDeniedHoweverFullItIs() {
    var _ = door(AccessPolicy.ALLOW, ONE).open(call());
    var call = call();
    Door door = door(AccessPolicy.DENY, ONE);
    var _ = door.open(call);

    assertThat(refusal(call, door.access(), door.shedding()).code())
        .isEqualTo(RpcCode.PERMISSION_DENIED);
  }

  @Test
  void accessControlWithoutADoorStillDenies() {
    var access = access(AccessPolicy.DENY);

    assertThat(refusal(call(), access).code()).isEqualTo(RpcCode.PERMISSION_DENIED);
  }

  @Test
  void noHandlerRunsForACallThatWasNotLetInWhateverStandsInTheChain() {
    var call = call();
    var _ = door(AccessPolicy.DENY, ONE).open(call);
    var handle =
        new Handle(
            (_, _) -> {
              throw new IllegalStateException("No call should get here");
            });

    var refusal = catchThrowableOfType(RpcException.class, () -> handle.invoke(call));

    assertThat(refusal.code()).isEqualTo(RpcCode.INTERNAL);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
  }

  @Test
  void mapErrorsAboveLoadSheddingTheRefusalPassesAsItIs() {
    var call = shed();

    RpcException refusal = refusal(call, new MapErrors(), link(ONE));

    assertThat(refusal.code()).isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
    assertThat(refusal.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(refusal.pushback()).isInstanceOf(Pushback.After.class);
  }

  @Test
  void meteringAboveLoadSheddingTheRefusalIsCounted() {
    refusal(shed(), Metering.ofServer(), link(ONE));

    assertThat(
            meters
                .get(MetricNames.SERVER_DURATION)
                .tag("code", "RESOURCE_EXHAUSTED")
                .timer()
                .count())
        .isEqualTo(1);
  }

  @Test
  void loadSheddingAboveDropExpiredAShedCallIsNotAskedForItsTime() {
    var call = shed();
    call.deadline(Deadline.after(-1, TimeUnit.SECONDS));

    assertThat(refusal(call, link(ONE), new DropExpired(System::nanoTime)).code())
        .isEqualTo(RpcCode.RESOURCE_EXHAUSTED);
  }

  @Test
  void loadSheddingAboveTheHandlerAShedCallReachesNone() {
    refusal(shed(), link(ONE));

    assertThat(handled).hasValue(0);
  }

  @Test
  void aShedCallIsADecisionThatIsRemembered() {
    var call = shed();
    refusal(call, link(ONE));

    assertThat(call.target().decisions().latest())
        .singleElement()
        .satisfies(
            decision -> {
              assertThat(decision.link()).isEqualTo("LoadShedding");
              assertThat(decision.outcome()).isEqualTo("shed");
            });
  }

  @Test
  void callsOfAMethodWithoutAdmissionAreNeitherCountedNorRefused() {
    var _ = door(AccessPolicy.ALLOW, ONE).open(call());
    Door off = door(AccessPolicy.ALLOW, new AdmissionPolicy.Off());
    for (int i = 0; i < 100; i++) {
      var call = call();
      var _ = off.open(call);
      assertThat(call.verdict()).isEqualTo(Verdict.ADMITTED);
    }

    assertThat(admission.capacity().inFlight()).isEqualTo(1);
  }

  @Test
  void whatWasLearnedLivesOnUnderAnEqualPolicyAndNotUnderAnother() {
    follow(new AdmissionPolicy.Adaptive(20, 10, 1_000, 50));
    learn();
    int learned = admission.capacity().limit();
    assertThat(learned).isGreaterThan(20);

    follow(new AdmissionPolicy.Adaptive(20, 10, 1_000, 50));
    assertThat(admission.capacity().limit()).isEqualTo(learned);
    follow(new AdmissionPolicy.Adaptive(20, 10, 999, 50));
    assertThat(admission.capacity().limit()).isEqualTo(20);
  }

  @Test
  void policiesThatAreOlderThanThoseThatHoldChangeNothing() {
    Policies.Edition older = follow(ONE);
    follow(new AdmissionPolicy.Off());

    admission.follow(older);
    assertThat(admission.capacity().describe()).isEqualTo("no limit for this server");
  }

  private Policies.Edition follow(AdmissionPolicy policy) {
    policies.publish(new PolicyTable(CallPolicy.DEFAULT.with(policy), List.of()));
    admission.follow(policies.current());
    return policies.current();
  }

  /** The server is full for twenty windows, and bears it. */
  private void learn() {
    for (int window = 0; window < 20; window++) {
      int most = admission.capacity().limit();
      List<Permit> held = new ArrayList<>();
      for (int i = 0; i < most * 8 / 10; i++) {
        var call = call();
        held.add(link(new AdmissionPolicy.Adaptive(20, 10, 1_000, 50)).admit(call));
        assertThat(call.verdict()).isEqualTo(Verdict.ADMITTED);
      }
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(200));
      held.forEach(permit -> permit.release(RpcCode.OK));
    }
  }
}
