package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.DegradePolicy;
import java.time.InstantSource;

/**
 * Leaves calls out while an operator wants it so: to take load off a service, or to live without
 * one that is known to be ill. The switch turns itself off, because nobody remembers to.
 */
final class Degrade implements Middleware {

  private final InstantSource clock;
  private final long untilMillis;
  private final String sentence;

  /**
   * @param clock the time of day, as in the policy
   */
  Degrade(CallKey key, DegradePolicy policy, InstantSource clock) {
    this.clock = clock;
    switch (policy) {
      case DegradePolicy.Off() -> {
        untilMillis = Long.MIN_VALUE;
        sentence = "calls are made";
      }
      case DegradePolicy.On(var until, var reason) -> {
        untilMillis = until.toEpochMilli();
        sentence =
            "%s of %s is switched off by policy until %s: %s"
                .formatted(key.method(), key.to(), until, reason);
      }
    }
  }

  @Override
  public String describe() {
    return isOn() || untilMillis == Long.MIN_VALUE ? sentence : "over: " + sentence;
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    if (isOn()) {
      call.target().decisions().record(name(), "switched off", sentence);
      throw new RpcException(
          RpcCode.UNAVAILABLE, sentence, null, Execution.NOT_EXECUTED, Pushback.NEVER);
    }
    return next.invoke(call);
  }

  private boolean isOn() {
    return untilMillis != Long.MIN_VALUE && clock.millis() < untilMillis;
  }
}
