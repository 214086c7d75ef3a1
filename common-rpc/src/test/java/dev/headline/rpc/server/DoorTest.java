package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.Verdict;
import dev.headline.rpc.policy.AccessPolicy;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.Metering;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The door, and what becomes of its verdicts in the chain, link by link. */
class DoorTest {

  private static final Caller GATEWAY = new Caller("gateway", "default");
  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");
  private static final AdmissionPolicy ONE = new AdmissionPolicy.Adaptive(1, 1, 1, 100);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Governance governance =
      Governance.of(
          new PolicyTable(CallPolicy.DEFAULT.with(ONE), List.of()), new RpcMeters(meters));
  private final Admission admission =
      new Admission(new Caller("user-service", "default"), () -> 0, new Random(3));
  private final AtomicInteger handled = new AtomicInteger();
  private final Endpoint handler = new Counting();

  DoorTest() {
    admission.follow(governance.policies().current());
  }

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
            meters.get(RpcMeters.SERVER_DURATION).tag("code", "RESOURCE_EXHAUSTED").timer().count())
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
    var policies = new Policies(new PolicyTable(CallPolicy.DEFAULT.with(ONE), List.of()));
    policies.publish(
        new PolicyTable(
            CallPolicy.DEFAULT.with(new AdmissionPolicy.Adaptive(7, 7, 9, 10)), List.of()));
    Policies.Edition second = policies.current();
    policies.publish(
        new PolicyTable(CallPolicy.DEFAULT.with(new AdmissionPolicy.Off()), List.of()));
    Policies.Edition third = policies.current();

    admission.follow(second);
    assertThat(admission.capacity().limit()).isEqualTo(7);
    admission.follow(third);
    assertThat(admission.capacity().describe()).isEqualTo("no limit for this server");
    admission.follow(second);
    assertThat(admission.capacity().describe()).isEqualTo("no limit for this server");
  }

  private Call<BatchGetRequest, BatchGetResponse> shed() {
    Door door = door(AccessPolicy.ALLOW, ONE);
    var _ = door.open(call());
    var call = call();
    assertThat(door.open(call)).isSameAs(Permit.FREE);
    assertThat(call.verdict()).isInstanceOf(Verdict.Shed.class);
    return call;
  }

  private RpcException refusal(Call<?, ?> call, Middleware... links) {
    Endpoint chain = Middleware.chain(List.of(links), handler);
    return catchThrowableOfType(RpcException.class, () -> chain.invoke(call));
  }

  private Door door(AccessPolicy access, AdmissionPolicy shedding) {
    return new Door(access(access), link(shedding));
  }

  private LoadShedding link(AdmissionPolicy policy) {
    return admission.link(policy, GATEWAY);
  }

  private static AccessControl access(AccessPolicy policy) {
    return new AccessControl(policy, AccessCheck.NONE, new AuditLog(KEY, () -> 0));
  }

  private Call<BatchGetRequest, BatchGetResponse> call() {
    var target =
        new Target(
            KEY, CallPolicy.DEFAULT, governance.meters().server(KEY), governance.decisions());
    return new Call<>(
        UserServiceGrpc.getBatchGetMethod(),
        BatchGetRequest.getDefaultInstance(),
        target,
        new Metadata());
  }

  private final class Counting implements Endpoint {

    @Override
    public <Q, R> R invoke(Call<Q, R> call) {
      handled.incrementAndGet();
      throw new IllegalStateException("No call should get here");
    }
  }
}
