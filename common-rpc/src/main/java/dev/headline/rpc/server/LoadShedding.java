package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Verdict;
import dev.headline.rpc.policy.AdmissionPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Refuses what is more than the server bears, before it is begun. Whether there is room is asked at
 * the {@link Door}, before the call costs a thread; the refusal is made here, at its place in the
 * chain. It says that the call was not executed and may be sent elsewhere after a moment, so that a
 * client may do so within its retry budget.
 */
final class LoadShedding implements Middleware {

  private static final int SHORTEST_PAUSE_MILLIS = 10;
  private static final int LONGEST_PAUSE_MILLIS = 50;

  private final AdmissionPolicy policy;
  private final Capacity capacity;
  private final CallerShare caller;
  private final RandomGenerator random;

  /**
   * @param policy of the five-tuple; its bounds are not looked at, because the server has one limit
   * @param random spreads the pauses, so that those who were refused together do not come back
   *     together
   */
  LoadShedding(
      AdmissionPolicy policy, Capacity capacity, CallerShare caller, RandomGenerator random) {
    this.policy = policy;
    this.capacity = capacity;
    this.caller = caller;
    this.random = random;
  }

  /**
   * Lets a call in, or sets the verdict that it is shed. Never blocks.
   *
   * @return to be handed back by whoever works on the call
   */
  Permit admit(Call<?, ?> call) {
    return switch (policy) {
      case AdmissionPolicy.Off _ -> {
        call.verdict(Verdict.ADMITTED);
        yield Permit.FREE;
      }
      case AdmissionPolicy.Adaptive adaptive -> admit(call, adaptive.callerPercent());
    };
  }

  private Permit admit(Call<?, ?> call, double callerPercent) {
    Rank rank = capacity.rank(call.origin().priority());
    Permit permit = capacity.enter(rank, caller, callerPercent);
    if (permit == null) {
      call.verdict(new Verdict.Shed(reason(call, rank), pause()));
      return Permit.FREE;
    }
    call.verdict(Verdict.ADMITTED);
    return permit;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    if (call.verdict() instanceof Verdict.Shed(String reason, Duration pause)) {
      call.target().decisions().record(name(), "shed", reason);
      throw new RpcException(
          RpcCode.RESOURCE_EXHAUSTED,
          reason,
          null,
          Execution.NOT_EXECUTED,
          new Pushback.After(pause));
    }
    return next.invoke(call);
  }

  @Override
  public String describe() {
    return switch (policy) {
      case AdmissionPolicy.Off _ -> "off: these calls are neither counted nor refused";
      case AdmissionPolicy.Adaptive adaptive ->
          "%s\nof which %s may use %d while others want room (%s%% of the limit)"
              .formatted(
                  capacity.describe(),
                  caller.caller().service(),
                  Rank.ceil(capacity.limit(), adaptive.callerPercent()),
                  adaptive.callerPercent());
    };
  }

  private String reason(Call<?, ?> call, Rank rank) {
    int limit = capacity.limit();
    return "%s is overloaded: it works on %d requests, its limit is %d, and %s may fill %d of it"
        .formatted(
            call.target().key().to(),
            capacity.inFlight(),
            limit,
            call.origin().priority(),
            rank.ceiling(limit));
  }

  private Duration pause() {
    return Duration.ofMillis(random.nextInt(SHORTEST_PAUSE_MILLIS, LONGEST_PAUSE_MILLIS + 1));
  }
}
