package dev.headline.rpc;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** Calls of one five-tuple, for links that are tested without a chain. */
public final class OneCall {

  public static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  private final Target target;

  public OneCall(CallPolicy policy) {
    target =
        new Target(
            KEY,
            policy,
            new RpcMeters(new SimpleMeterRegistry()).client(KEY),
            new Decisions(InstantSource.system(), _ -> {}));
  }

  /** A new one, which would be tried again if it failed. */
  public Call<BatchGetRequest, BatchGetResponse> call() {
    Call<BatchGetRequest, BatchGetResponse> call = once();
    call.repeatable(true);
    return call;
  }

  /** A new one that would not be tried again, whatever its method allows. */
  public Call<BatchGetRequest, BatchGetResponse> once() {
    return new Call<>(
        UserServiceGrpc.getBatchGetMethod(),
        BatchGetRequest.getDefaultInstance(),
        target,
        new Metadata());
  }

  /** A new one of a method that must not be executed twice. */
  public Call<BatchGetRequest, BatchGetResponse> write() {
    return new Call<>(
        UserServiceGrpc.getBatchGetMethod().toBuilder().setIdempotent(false).build(),
        BatchGetRequest.getDefaultInstance(),
        target,
        new Metadata());
  }

  /** What was decided on them, the oldest first, each as its link and its outcome. */
  public List<String> decided() {
    return target.decisions().latest().reversed().stream()
        .map(each -> each.link() + ": " + each.outcome())
        .toList();
  }
}
