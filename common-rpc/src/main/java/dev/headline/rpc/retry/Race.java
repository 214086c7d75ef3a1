package dev.headline.rpc.retry;

import dev.headline.rpc.AttemptKind;
import dev.headline.rpc.Call;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import dev.headline.rpc.Tried;
import dev.headline.rpc.words.Figures;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An attempt on the caller's own thread and, once it has taken too long, a second one beside it on
 * a thread of its own. The first that is answered wins, and the other one is cancelled, down to the
 * handler that works on it; an attempt that fails waits for the other. An attempt that still waits
 * for its turn or for an instance gets as long again: what is full here is not made faster by more.
 *
 * <p>In the ordinary case there is no second one, and all that the race costs is a part of the
 * request that can be cancelled, a copy of the call and a place in a queue.
 */
final class Race<Q, R> implements Patience.Waiting {

  private enum Stage {
    OPEN,
    /** The first attempt is over, and there was no second. */
    ALONE,
    /** There is a second one. */
    BESIDE
  }

  private final Attempts<Q, R> attempts;
  private final Rules rules;
  private final Hedging hedging;
  private final RequestContext request;
  private final Scope first;
  private final Call<Q, R> spare;
  private final Tried tried;
  private final long delay;
  private final long start;
  private final int triedBefore;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);

  /** Written by whoever puts this into the queue, and read by who takes it out. */
  private long due;

  /** Written before the stage that says that it is there, and read after that. */
  private @Nullable Hedge<R> beside;

  /**
   * @param call the first attempt, which has not begun: the second will be a copy of it
   * @param delay how long the first may take before there is a second, in nanoseconds
   */
  Race(
      Attempts<Q, R> attempts,
      Hedging hedging,
      RequestContext request,
      Call<Q, R> call,
      Tried tried,
      long delay) {
    this.attempts = attempts;
    this.rules = attempts.rules();
    this.hedging = hedging;
    this.request = request;
    this.first = request.part();
    this.spare = call.copy();
    this.tried = tried;
    this.delay = delay;
    this.start = rules.clockwork().now();
    this.due = start + delay;
    this.triedBefore = tried.instances().size();
  }

  /**
   * Makes the first attempt, and the second if need be.
   *
   * @throws RpcException if there is no reply: the more telling failure of both
   */
  R run(Call<Q, R> call) {
    hedging.patience().add(this);
    try {
      return first.context().call(() -> attempts.send(call));
    } catch (RpcException e) {
      Hedge<R> second = second();
      if (second == null || Failures.isAnswer(e)) {
        throw e;
      }
      return replyOf(second, e, call);
    } finally {
      Hedge<R> second = second();
      if (second != null) {
        second.cancel();
      }
      first.close();
    }
  }

  /** Whether there was a second attempt; only after the race. */
  boolean hadSecond() {
    return stage.get() == Stage.BESIDE;
  }

  /** The second attempt; if there is none, there will be none any more. */
  private @Nullable Hedge<R> second() {
    stage.compareAndSet(Stage.OPEN, Stage.ALONE);
    return hadSecond() ? beside : null;
  }

  private R replyOf(Hedge<R> second, RpcException failure, Call<Q, R> call) {
    R reply;
    try {
      reply = second.join();
    } catch (RpcException e) {
      throw Failures.moreTelling(failure, e)
          .with(Failures.stricter(failure.pushback(), e.pushback()));
    } finally {
      // The call has waited for it, and so for its turn; that of a loser held nobody up.
      call.addQueued(spare.queuedNanos());
      if (spare.told() != null) {
        call.told(spare.told());
      }
    }
    if (failure.code() == RpcCode.CANCELLED) {
      // The loser would have taken longer still. Without it, the more hedges win, the faster all
      // attempts would seem, and the sooner the next hedge would be sent.
      rules.took(start);
    }
    return reply;
  }

  @Override
  public long due() {
    return due;
  }

  @Override
  public boolean isOver() {
    return stage.get() != Stage.OPEN;
  }

  private R sendSecond() {
    try {
      return attempts.send(spare);
    } catch (RpcException e) {
      if (Failures.isUnsent(e)) {
        hedging.giveBack();
      }
      throw e;
    }
  }

  /** Begins the second attempt; runs on the timers' thread. */
  @Override
  public void tooLong() {
    if (tried.instances().size() == triedBefore) {
      // It has not left yet: a second one would wait behind it, in the queue of the same limit.
      due = rules.clockwork().now() + delay;
      hedging.patience().add(this);
      return;
    }
    String refusal = hedging.pay(tried);
    if (refusal != null) {
      attempts.decided("hedge denied", refusal);
      return;
    }
    var second = new Hedge<R>(request);
    beside = second;
    spare.attempt(spare.attempt() + 1, AttemptKind.HEDGE);
    spare.deadline(attempts.deadline(rules.clockwork().now()));
    if (!stage.compareAndSet(Stage.OPEN, Stage.BESIDE)) {
      hedging.giveBack();
      second.cancel();
      return;
    }
    // At once: from here on the first attempt waits for this one when it fails.
    second.start(this::sendSecond, () -> first.cancel("The other attempt was faster"));
    attempts.decided("hedged", "No answer came within " + Figures.millis(delay));
  }
}
