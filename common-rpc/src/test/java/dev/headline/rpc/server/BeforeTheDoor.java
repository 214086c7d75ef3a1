package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.AccessCheck;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.Verdict;
import dev.headline.rpc.policy.AccessPolicy;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Calls that arrive at a server that has room for one, and the links that they pass. */
abstract class BeforeTheDoor {

  private static final Caller GATEWAY = new Caller("gateway", "default");
  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");
  static final AdmissionPolicy ONE = new AdmissionPolicy.Adaptive(1, 1, 1, 100);

  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Governance governance =
      Governance.of(
          new PolicyTable(CallPolicy.DEFAULT.with(ONE), List.of()), new RpcMeters(meters));
  final AtomicLong clock = new AtomicLong();
  final Admission admission =
      new Admission(new Caller("user-service", "default"), clock::get, new Random(3));
  final AtomicInteger handled = new AtomicInteger();
  private final Endpoint handler = new Counting();

  BeforeTheDoor() {
    admission.follow(governance.policies().current());
  }

  Call<BatchGetRequest, BatchGetResponse> shed() {
    Door door = door(AccessPolicy.ALLOW, ONE);
    var _ = door.open(call());
    var call = call();
    assertThat(door.open(call)).isSameAs(Permit.FREE);
    assertThat(call.verdict()).isInstanceOf(Verdict.Shed.class);
    return call;
  }

  RpcException refusal(Call<?, ?> call, Middleware... links) {
    Endpoint chain = Middleware.chain(List.of(links), handler);
    return catchThrowableOfType(RpcException.class, () -> chain.invoke(call));
  }

  Door door(AccessPolicy access, AdmissionPolicy shedding) {
    return new Door(access(access), link(shedding));
  }

  LoadShedding link(AdmissionPolicy policy) {
    return admission.link(policy, GATEWAY);
  }

  static AccessControl access(AccessPolicy policy) {
    return new AccessControl(policy, AccessCheck.NONE, new AuditLog(KEY, () -> 0));
  }

  Call<BatchGetRequest, BatchGetResponse> call() {
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
