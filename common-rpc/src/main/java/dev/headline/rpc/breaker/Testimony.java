package dev.headline.rpc.breaker;

import dev.headline.rpc.Execution;
import dev.headline.rpc.RpcException;
import java.time.Duration;

/** What the end of an attempt says of the called side. */
public enum Testimony {
  /** It answered: with a reply, or by telling the caller that the question was wrong. */
  FOR,
  /** It failed. */
  AGAINST,
  /** Nothing. */
  NONE;

  /**
   * A timeout after less than this says that the caller had no time left. Were it held against the
   * callee, one slow service would open the breakers of all that are called after it.
   */
  static final Duration HASTE = Duration.ofMillis(5);

  /**
   * What a failed attempt says.
   *
   * <ul>
   *   <li>A business error is an answer.
   *   <li>A cancelled attempt says nothing: its client left, or a hedge was faster.
   *   <li>A refusal for overload, {@code RESOURCE_EXHAUSTED} that was not executed, says nothing. A
   *       server that sheds what it cannot do still does all that it can; a breaker that opened on
   *       its refusals would turn a server at 300 % of its capacity into one at 0 %. Of those calls
   *       that are let in, it is judged as ever. The same code from a handler, such as for
   *       connections that have run out, is a fault: the work was begun and came to nothing.
   *   <li>A timeout is a fault if the attempt had at least 5 ms, so that an instance that hangs is
   *       found out.
   *   <li>Whatever else {@linkplain dev.headline.rpc.RpcCode#isFault() speaks against the callee}
   *       is a fault, and so is that it cannot be reached.
   * </ul>
   *
   * @param failure how the attempt ended
   * @param nanos how long it took
   */
  public static Testimony of(RpcException failure, long nanos) {
    return switch (failure.code()) {
      case CANCELLED -> NONE;
      case RESOURCE_EXHAUSTED -> failure.execution() == Execution.NOT_EXECUTED ? NONE : AGAINST;
      case DEADLINE_EXCEEDED -> nanos < HASTE.toNanos() ? NONE : AGAINST;
      case OK,
          UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          UNAVAILABLE,
          DATA_LOSS,
          UNAUTHENTICATED ->
          failure.code().isFault() ? AGAINST : FOR;
    };
  }
}
