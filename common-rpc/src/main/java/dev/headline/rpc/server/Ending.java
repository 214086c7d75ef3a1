package dev.headline.rpc.server;

import dev.headline.rpc.RpcCode;

/** What the end of a request teaches about how much a server bears. */
enum Ending {
  /** It was done; it took what such work takes now. */
  SUCCESS,
  /** It was refused for what it asked or for a fault: how long that took says nothing. */
  IGNORED,
  /** It was given up, here or by whoever waited for it: it would have taken longer still. */
  DROPPED;

  static Ending of(RpcCode outcome) {
    return switch (outcome) {
      case OK -> SUCCESS;
      case DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED, UNAVAILABLE -> DROPPED;
      case UNKNOWN,
          INVALID_ARGUMENT,
          NOT_FOUND,
          ALREADY_EXISTS,
          PERMISSION_DENIED,
          FAILED_PRECONDITION,
          ABORTED,
          OUT_OF_RANGE,
          UNIMPLEMENTED,
          INTERNAL,
          DATA_LOSS,
          UNAUTHENTICATED ->
          IGNORED;
    };
  }
}
