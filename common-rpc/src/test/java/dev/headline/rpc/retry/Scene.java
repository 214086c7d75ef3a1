package dev.headline.rpc.retry;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Decision;
import dev.headline.rpc.Decisions;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Phase;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** The retry link alone, in front of an end that a test writes, on a clock that the test moves. */
final class Scene {

  /** What an attempt meets. */
  interface Callee {
    String answer(Call<?, ?> attempt);
  }

  /** Two more attempts, none beside another, and a budget that is no bound. */
  static final CallPolicy TWICE_MORE =
      CallPolicy.DEFAULT
          .with(new HedgePolicy.Off())
          .with(new RetryPolicy.Backoff(2, Duration.ofMillis(10), Duration.ofMillis(100)))
          .with(new BudgetPolicy(10, 100));

  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  final FakeTime time = new FakeTime(1);
  final Decisions decisions = new Decisions(InstantSource.system(), _ -> {});
  final List<Call<?, ?>> attempts = new ArrayList<>();
  final List<Duration> limits = new ArrayList<>();
  boolean idempotent = true;
  int connected = 3;

  /**
   * Whether an attempt leaves at once; otherwise as one that waits, until the test picks for it.
   */
  boolean picks = true;

  private final CallPolicy policy;
  private final Retries retries;

  Scene(CallPolicy policy, boolean idempotent, boolean keepsAlarms) {
    this.policy = policy;
    this.idempotent = idempotent;
    this.retries =
        new Retries(
            idempotent,
            () -> connected,
            tried -> connected > tried.instances().size(),
            keepsAlarms ? time.keepingAlarms() : time.skippingWaits());
  }

  Retry link() {
    return retries.under(policy);
  }

  Call<BatchGetRequest, BatchGetResponse> call(Duration left) {
    var meter = new RpcMeters(new SimpleMeterRegistry()).client(KEY);
    var call =
        new Call<>(
            UserServiceGrpc.getBatchGetMethod(),
            BatchGetRequest.getDefaultInstance(),
            new Target(KEY, policy, meter, decisions),
            new Metadata());
    call.deadline(time.deadline(left));
    return call;
  }

  String run(Callee callee) {
    return run(call(Duration.ofMillis(800)), callee);
  }

  String run(Call<BatchGetRequest, BatchGetResponse> call, Callee callee) {
    return link().handle(call, end(callee)).getUsers(0).getDisplayName();
  }

  private Endpoint end(Callee callee) {
    return new Endpoint() {
      @Override
      @SuppressWarnings("unchecked")
      public <Q, R> R invoke(Call<Q, R> attempt) {
        note(attempt);
        String name = callee.answer(attempt);
        return (R)
            BatchGetResponse.newBuilder().addUsers(User.newBuilder().setDisplayName(name)).build();
      }
    };
  }

  private synchronized void note(Call<?, ?> attempt) {
    attempts.add(attempt);
    limits.add(left(attempt));
    if (picks) {
      pick(attempt);
    }
  }

  /** Says where an attempt goes, as whoever picks an instance does. */
  synchronized void pick(Call<?, ?> attempt) {
    if (attempt.tried() != null) {
      attempt.tried().add(instance("user-service-" + attempts.size()));
    }
  }

  private static Instance instance(String id) {
    return new Instance(
        id, "user-service", "default", new Address.InProcess(id), Instance.DEFAULT_WEIGHT);
  }

  /** What the attempt may take from now. */
  static Duration left(Call<?, ?> attempt) {
    Deadline deadline = Objects.requireNonNull(attempt.deadline());
    return Duration.ofNanos(deadline.timeRemaining(TimeUnit.NANOSECONDS));
  }

  /** As long as that, or until the attempt's deadline, as gRPC ends it. */
  void take(Call<?, ?> attempt, Duration duration) {
    Duration left = left(attempt);
    if (duration.compareTo(left) >= 0) {
      time.advance(left);
      throw new RpcException(RpcCode.DEADLINE_EXCEEDED, "The attempt took too long");
    }
    time.advance(duration);
  }

  /** Lets the link see so many attempts of that length. */
  void see(int count, Duration duration) {
    for (int i = 0; i < count; i++) {
      run(
          attempt -> {
            take(attempt, duration);
            return "seen";
          });
    }
    attempts.clear();
    limits.clear();
  }

  List<String> outcomes() {
    return decisions.latest().stream().map(Decision::outcome).toList().reversed();
  }

  String reason() {
    return decisions.latest().getFirst().reason();
  }

  RpcException failure(Callee callee) {
    return failure(callee, Duration.ofMillis(800));
  }

  RpcException failure(Callee callee, Duration left) {
    return catchThrowableOfType(RpcException.class, () -> run(call(left), callee));
  }

  static RpcException fault() {
    return new RpcException(RpcCode.UNAVAILABLE, "gone");
  }

  /** By a server. */
  static RpcException refusal() {
    return pushed(Pushback.NONE);
  }

  /** By a link of the same chain, before anything was sent. */
  static RpcException refusedHere(Pushback pushback) {
    return new RpcException(
        RpcCode.UNAVAILABLE, "not sent", null, Execution.NOT_EXECUTED, pushback);
  }

  /** By a server, with what it says about trying again. */
  static RpcException pushed(Pushback pushback) {
    return new RpcException(
            RpcCode.RESOURCE_EXHAUSTED, "full", null, Execution.NOT_EXECUTED, pushback)
        .during(Phase.WAIT);
  }
}
