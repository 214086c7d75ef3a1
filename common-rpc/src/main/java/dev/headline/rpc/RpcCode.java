package dev.headline.rpc;

import io.grpc.Status;

/**
 * What became of a call, in gRPC's own categories.
 *
 * <p>Every code says who is to blame. Only a {@linkplain #isFault() fault} of the called side or of
 * the way there is a sign of ill health; a refusal of what the caller asked for is an ordinary
 * answer.
 */
public enum RpcCode {
  OK(Blame.NOBODY),
  /** The caller lost interest: its client left, or a sibling failed. */
  CANCELLED(Blame.CALLER),
  UNKNOWN(Blame.CALLEE),
  INVALID_ARGUMENT(Blame.CALLER),
  /** Time ran out before there was a reply. What the callee did meanwhile is unknown. */
  DEADLINE_EXCEEDED(Blame.CALLEE),
  NOT_FOUND(Blame.CALLER),
  ALREADY_EXISTS(Blame.CALLER),
  PERMISSION_DENIED(Blame.CALLER),
  /** A limit said no: overload, a quota, a message over its size. */
  RESOURCE_EXHAUSTED(Blame.CALLEE),
  FAILED_PRECONDITION(Blame.CALLER),
  ABORTED(Blame.CALLER),
  OUT_OF_RANGE(Blame.CALLER),
  UNIMPLEMENTED(Blame.CALLEE),
  INTERNAL(Blame.CALLEE),
  /** Nobody there: no instance, no connection, or one that is shutting down. */
  UNAVAILABLE(Blame.CALLEE),
  DATA_LOSS(Blame.CALLEE),
  UNAUTHENTICATED(Blame.CALLER);

  private enum Blame {
    NOBODY,
    CALLER,
    CALLEE
  }

  private final Blame blame;

  RpcCode(Blame blame) {
    this.blame = blame;
  }

  /**
   * Whether this speaks against the health of the called side, as opposed to the caller's question.
   */
  public boolean isFault() {
    return blame == Blame.CALLEE;
  }

  /** This code as gRPC's status code. */
  public Status.Code toGrpc() {
    return switch (this) {
      case OK -> Status.Code.OK;
      case CANCELLED -> Status.Code.CANCELLED;
      case UNKNOWN -> Status.Code.UNKNOWN;
      case INVALID_ARGUMENT -> Status.Code.INVALID_ARGUMENT;
      case DEADLINE_EXCEEDED -> Status.Code.DEADLINE_EXCEEDED;
      case NOT_FOUND -> Status.Code.NOT_FOUND;
      case ALREADY_EXISTS -> Status.Code.ALREADY_EXISTS;
      case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
      case FAILED_PRECONDITION -> Status.Code.FAILED_PRECONDITION;
      case ABORTED -> Status.Code.ABORTED;
      case OUT_OF_RANGE -> Status.Code.OUT_OF_RANGE;
      case UNIMPLEMENTED -> Status.Code.UNIMPLEMENTED;
      case INTERNAL -> Status.Code.INTERNAL;
      case UNAVAILABLE -> Status.Code.UNAVAILABLE;
      case DATA_LOSS -> Status.Code.DATA_LOSS;
      case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
    };
  }

  /** The code for gRPC's status code. */
  public static RpcCode of(Status.Code code) {
    return switch (code) {
      case OK -> OK;
      case CANCELLED -> CANCELLED;
      case UNKNOWN -> UNKNOWN;
      case INVALID_ARGUMENT -> INVALID_ARGUMENT;
      case DEADLINE_EXCEEDED -> DEADLINE_EXCEEDED;
      case NOT_FOUND -> NOT_FOUND;
      case ALREADY_EXISTS -> ALREADY_EXISTS;
      case PERMISSION_DENIED -> PERMISSION_DENIED;
      case RESOURCE_EXHAUSTED -> RESOURCE_EXHAUSTED;
      case FAILED_PRECONDITION -> FAILED_PRECONDITION;
      case ABORTED -> ABORTED;
      case OUT_OF_RANGE -> OUT_OF_RANGE;
      case UNIMPLEMENTED -> UNIMPLEMENTED;
      case INTERNAL -> INTERNAL;
      case UNAVAILABLE -> UNAVAILABLE;
      case DATA_LOSS -> DATA_LOSS;
      case UNAUTHENTICATED -> UNAUTHENTICATED;
    };
  }
}
