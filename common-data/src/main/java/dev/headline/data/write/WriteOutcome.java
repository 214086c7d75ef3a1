package dev.headline.data.write;

import dev.headline.rpc.Execution;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.sql.SQLException;
import java.util.List;

/** What is known of a write that failed: for programs as an {@link Execution}, and in words. */
final class WriteOutcome {

  private static final List<String> REFUSALS = List.of("22", "23", "40", "P0", "25P02", "08003");

  private WriteOutcome() {}

  /** The same failure of a transaction that was rolled back for certain. */
  static RpcException notWritten(RpcException failure) {
    if (isAnswer(failure.code())) {
      return failure.notExecuted();
    }
    return as(Execution.NOT_EXECUTED, "nothing was written", failure);
  }

  /** The same failure of a transaction that may have been committed. */
  static RpcException unknown(RpcException failure) {
    return as(Execution.UNKNOWN, "whether it was written is not known", failure);
  }

  /**
   * Whether a commit that failed was refused, so that nothing is written: because of the rows
   * (classes 22, 23, 40 and what a trigger raises, P0), because the transaction had failed before
   * (25P02), or because the connection was closed before anything was sent (08003). Whatever else
   * goes wrong may have done so after the commit: the server went down, the answer was lost, or the
   * question that is sent along with the commit failed.
   */
  static boolean isRefusal(SQLException failure) {
    String state = failure.getSQLState() == null ? "" : failure.getSQLState();
    return REFUSALS.stream().anyMatch(state::startsWith);
  }

  /** An answer to what was asked, as opposed to a trouble on the way; it needs no more words. */
  private static boolean isAnswer(RpcCode code) {
    return !code.isFault() && code != RpcCode.CANCELLED && code != RpcCode.ABORTED;
  }

  private static RpcException as(Execution execution, String words, RpcException failure) {
    return new RpcException(
        failure.code(),
        failure.getMessage() + "; " + words,
        failure,
        execution,
        failure.pushback());
  }
}
