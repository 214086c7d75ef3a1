package dev.headline.rpc.retry;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Tried;
import io.grpc.Deadline;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * All attempts of one call: one after the other, and one beside another if that is slow. Belongs to
 * the thread of the call, but for what a {@link Race} asks.
 */
final class Attempts<Q, R> {

  private final Rules rules;
  private final Call<Q, R> call;
  private final Endpoint next;
  private final RequestContext request = RequestContext.current();
  private final Deadline whole;
  private final Tried tried = new Tried();
  private final boolean isRepeat = request.origin().retried();
  private final boolean idempotent;
  private long began;

  /**
   * How many have left here: those that a link of this chain refuses have not, and count for none.
   */
  private int sent;

  /** How many ran beside each other at last. */
  private int abreast;

  private int retries;
  private boolean hedged;
  private boolean paid;
  private @Nullable RpcException failure;

  Attempts(Rules rules, Call<Q, R> call, Endpoint next) {
    this.rules = rules;
    this.call = call;
    this.next = next;
    // Whoever calls by a descriptor that does not say so is not served by what another one says.
    this.idempotent = rules.idempotent() && call.method().isIdempotent();
    this.whole = Objects.requireNonNull(call.deadline(), "DeadlineBudget stands above");
    call.tried(tried);
  }

  /** Makes one attempt after the other, until one is answered or none may follow. */
  R run() {
    try {
      while (true) {
        try {
          return attempt();
        } catch (RpcException e) {
          awaitNext(e);
        }
      }
    } finally {
      call.deadline(whole);
    }
  }

  Rules rules() {
    return rules;
  }

  /** Sends one attempt, and notes how long it took to be answered. */
  R send(Call<Q, R> attempt) {
    long start = rules.clockwork().now();
    R reply = next.invoke(attempt);
    rules.took(start);
    return reply;
  }

  /** When an attempt that begins now has to be done: cut off only if another one may follow. */
  Deadline deadline(long now) {
    return mayFollow() ? rules.slice(whole, now) : whole;
  }

  private boolean mayFollow() {
    return idempotent && !isRepeat && rules.mayFollow(retries);
  }

  void decided(String outcome, String reason) {
    // Also from the timers' thread, which is in no request.
    request.run(() -> call.target().decisions().record(Retry.NAME, outcome, reason));
  }

  private R attempt() {
    if (retries > 0) {
      call.attempt(sent + 1, sent == 0 ? AttemptKind.FIRST : AttemptKind.RETRY);
    }
    abreast = 1;
    began = rules.clockwork().now();
    boolean mayFollow = mayFollow();
    call.repeatable(mayFollow);
    call.deadline(mayFollow ? rules.slice(whole, began) : whole);
    Hedging hedging = rules.hedging();
    if (hedging == null || hedged || isRepeat || !idempotent) {
      return send(call);
    }
    long delay = hedging.delay(began);
    if (delay == Hedging.NEVER || !leavesEnough(delay, began)) {
      return send(call);
    }
    var race = new Race<>(this, hedging, request, call, tried, delay);
    try {
      return race.run(call);
    } finally {
      hedged = race.hadSecond();
      abreast += hedged ? 1 : 0;
    }
  }

  /** Returns when it is time for another attempt; throws if there is none. */
  private void awaitNext(RpcException latest) {
    settle(latest);
    if (request.isCancelled()) {
      throw Failures.over(failure, latest);
    }
    if (whole.isExpired() || hadAllTime(latest)) {
      throw Failures.outOfTime(failure, latest);
    }
    // What an earlier one was told about trying again is done with; callers obey the latest.
    RpcException soFar = Failures.moreTelling(failure, latest).with(latest.pushback());
    if (!latest.code().isFault() || rules.retries() == 0) {
      throw soFar;
    }
    if (Failures.isUnsent(latest) && latest.pushback() instanceof Pushback.Never) {
      // Whoever refused it has decided for this link, and has written that down.
      throw soFar.neverAgain();
    }
    long wait = Math.max(rules.backoff(retries + 1), Failures.demanded(latest));
    Denial denial = denial(latest, wait);
    if (denial != null) {
      decided("retry denied", denial.sentence());
      throw denial.isForAll() ? soFar.neverAgain() : soFar;
    }
    decided("retried", latest.code() + ": " + latest.getMessage());
    failure = soFar;
    retries++;
    Pause.await(wait, request, rules.clockwork().alarms());
    if (request.isCancelled()) {
      throw Failures.with(request.failure(), soFar);
    }
  }

  /** An attempt that a link of this chain has refused costs the callee nothing, and no token. */
  private void settle(RpcException latest) {
    boolean unsent = Failures.isUnsent(latest);
    if (unsent && paid) {
      rules.budget().giveBack();
    }
    sent += unsent ? 0 : abreast;
    paid = false;
  }

  /**
   * Whether an attempt ran out of time that was not cut off for another one, and took more of it
   * than is left. The callee keeps a margin, so that some is left when it gives up; an answer does
   * not come in that. If much is left, it was only a part of the attempt that took too long.
   */
  private boolean hadAllTime(RpcException latest) {
    return latest.code() == RpcCode.DEADLINE_EXCEEDED
        && latest.execution() == Execution.UNKNOWN
        && whole.equals(call.deadline())
        && whole.timeRemaining(TimeUnit.NANOSECONDS) < rules.clockwork().now() - began;
  }

  /** Why there is no other attempt; null if there is one, which is paid then. */
  private @Nullable Denial denial(RpcException latest, long wait) {
    if (retries == rules.retries()) {
      return Denial.EXHAUSTED;
    }
    if (isRepeat) {
      return Denial.REPEATED;
    }
    if (!idempotent && latest.execution() != Execution.NOT_EXECUTED) {
      return Denial.NOT_IDEMPOTENT;
    }
    if (latest.pushback() instanceof Pushback.Never) {
      return Denial.PUSHED_BACK;
    }
    if (!leavesEnough(wait, rules.clockwork().now())) {
      return Denial.TOO_LATE;
    }
    return pay() ? null : Denial.TOO_DEAR;
  }

  /** The first attempt that reaches the callee is free, whatever has held up those before it. */
  private boolean pay() {
    paid = sent > 0 && rules.budget().withdraw();
    return paid || sent == 0;
  }

  /** Whether an attempt that begins after a wait would usually be answered in time. */
  private boolean leavesEnough(long wait, long now) {
    return whole.timeRemaining(TimeUnit.NANOSECONDS) - wait > rules.latencies().median(now);
  }
}
