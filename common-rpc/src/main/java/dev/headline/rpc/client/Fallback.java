package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Degraded;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Fallbacks;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import io.grpc.Deadline;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Answers in place of a callee that failed, if the application has said how. It hides the failure
 * from the program and from nobody else: the request notes it, and a decision, which is counted.
 */
final class Fallback implements Middleware {

  private final Fallbacks.@Nullable Rule<?, ?> rule;
  private final LongAdder used = new LongAdder();

  /**
   * @param rule null if the method has none
   */
  Fallback(Fallbacks.@Nullable Rule<?, ?> rule) {
    this.rule = rule;
  }

  @Override
  public String describe() {
    return rule == null
        ? "no fallback: failures reach the caller"
        : "%d failures were hidden behind a reply made here".formatted(used.sum());
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    Fallbacks.Rule<?, ?> known = rule;
    if (known == null) {
      return next.invoke(call);
    }
    try {
      return next.invoke(call);
    } catch (RpcException failure) {
      if (isOver(RequestContext.current()) || !isHidden(call, known, failure)) {
        throw failure;
      }
      return instead(call, known, failure);
    }
  }

  /** Whether nobody waits for a reply any more. */
  private static boolean isOver(RequestContext request) {
    Deadline deadline = request.deadline();
    return request.isCancelled() || (deadline != null && deadline.isExpired());
  }

  private boolean isHidden(Call<?, ?> call, Fallbacks.Rule<?, ?> known, RpcException failure) {
    try {
      return known.hides().test(failure);
    } catch (RuntimeException e) {
      // A rule of the application that is itself broken hides nothing.
      failed(call, failure, e);
      return false;
    }
  }

  private <Q, R> R instead(Call<Q, R> call, Fallbacks.Rule<?, ?> known, RpcException failure) {
    R reply;
    try {
      reply = known.instead(call, failure);
    } catch (RuntimeException e) {
      // Whatever the application's stand-in trips over, the caller is told of the failure itself.
      failed(call, failure, e);
      throw failure;
    }
    used.increment();
    CallKey key = call.target().key();
    RequestContext.current()
        .notes()
        .degraded(new Degraded(key.to(), key.method(), failure.code(), sentence(failure)));
    decided(call, "fallback", sentence(failure));
    return reply;
  }

  /** The caller gets the failure that was to be hidden, and sees beneath it why it was not. */
  private void failed(Call<?, ?> call, RpcException failure, RuntimeException why) {
    if (why != failure) {
      failure.addSuppressed(why);
    }
    decided(call, "fallback failed", "%s, while hiding %s".formatted(why, sentence(failure)));
  }

  private void decided(Call<?, ?> call, String outcome, String reason) {
    call.target().decisions().record(name(), outcome, reason);
  }

  private static String sentence(RpcException failure) {
    return failure.code() + ": " + failure.getMessage();
  }
}
