package dev.headline.rpc.retry;

import dev.headline.rpc.Execution;
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

  /**
   * The one of two that says more; the other one stays with it, suppressed. A refusal says least:
   * thrown for both, it would say that nothing was executed, and that is not known of the other.
   *
   * @param earlier null if there was none
   */
  static RpcException moreTelling(@Nullable RpcException earlier, RpcException later) {
    return earlier != null && rank(earlier) > rank(later)
        ? with(earlier, later)
        : with(later, earlier);
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
      return 0;
    }
    return switch (failure.code()) {
      case CANCELLED -> 1;
      case DEADLINE_EXCEEDED -> 2;
      default -> isAnswer(failure) ? 4 : 3;
    };
  }
}
