package dev.headline.rpc.retry;

import dev.headline.rpc.Execution;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/** What the failures of several attempts of one call amount to. */
final class Failures {

  private Failures() {}

  /** Whether another attempt would be told the same, because the question is at fault. */
  static boolean isAnswer(RpcException failure) {
    return !failure.code().isFault() && failure.code() != RpcCode.CANCELLED;
  }

  /** Whether a link of this chain has refused the attempt, so that no part of it has left here. */
  static boolean isUnsent(RpcException failure) {
    return failure.execution() == Execution.NOT_EXECUTED && failure.phase() == null;
  }

  /**
   * The one of two that says more; the other one stays with it, suppressed. A refusal says little:
   * thrown for both, it would say that nothing was executed, and that is not known of the other. A
   * refusal of this chain says least: thrown for both, it would say that nothing has left here.
   *
   * @param earlier null if there was none
   */
  static RpcException moreTelling(@Nullable RpcException earlier, RpcException later) {
    return earlier != null && rank(earlier) > rank(later)
        ? with(earlier, later)
        : with(later, earlier);
  }

  /**
   * The end of a call whose request is over: that of its last attempt, but not as one of which
   * nothing was executed if that is not known of those before it.
   *
   * @param earlier what those before it amount to; null if there were none
   */
  static RpcException over(@Nullable RpcException earlier, RpcException latest) {
    return with(hides(latest, earlier) ? latest.executed() : latest, earlier);
  }

  /**
   * The end of a call without time for another attempt: that of its last one, because time is what
   * was missing; but if nothing of that was executed, those before it may say more.
   *
   * @param earlier what those before it amount to; null if there were none
   */
  static RpcException outOfTime(@Nullable RpcException earlier, RpcException latest) {
    return hides(latest, earlier)
        ? moreTelling(earlier, latest).with(latest.pushback())
        : with(latest, earlier);
  }

  private static boolean hides(RpcException latest, @Nullable RpcException earlier) {
    return earlier != null
        && latest.execution() == Execution.NOT_EXECUTED
        && earlier.execution() == Execution.UNKNOWN;
  }

  /** How long whoever failed asks to be left alone, in nanoseconds. */
  static long demanded(RpcException failure) {
    return failure.pushback() instanceof Pushback.After(var delay) ? delay.toNanos() : 0;
  }

  /** What has to be obeyed where two attempts that ran beside each other were told this. */
  static Pushback stricter(Pushback one, Pushback other) {
    return switch (one) {
      case Pushback.Never _ -> one;
      case Pushback.None _ -> other;
      case Pushback.After(var delay) ->
          switch (other) {
            case Pushback.Never _ -> other;
            case Pushback.None _ -> one;
            case Pushback.After(var otherDelay) -> otherDelay.compareTo(delay) > 0 ? other : one;
          };
    };
  }

  /** A failure, with another one that led to it. */
  static RpcException with(RpcException failure, @Nullable RpcException other) {
    if (other != null && other != failure) {
      failure.addSuppressed(other);
    }
    return failure;
  }

  private static int rank(RpcException failure) {
    if (failure.execution() == Execution.NOT_EXECUTED) {
      return isUnsent(failure) ? 0 : 1;
    }
    return switch (failure.code()) {
      case CANCELLED -> 2;
      case DEADLINE_EXCEEDED -> 3;
      default -> isAnswer(failure) ? 5 : 4;
    };
  }
}
