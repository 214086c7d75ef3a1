package dev.headline.gateway.http;

import dev.headline.gateway.http.edge.ApiRequest;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.load.Loaded;
import java.util.List;

/**
 * How an answer came about.
 *
 * @param tookMs how long it took in here, in milliseconds
 * @param degraded what was asked for and is not in the answer; empty if all is there
 * @param traceId the request's name, to be quoted when asking what happened
 */
record Meta(long tookMs, List<Degraded> degraded, String traceId) {

  static Meta of(ApiRequest request) {
    return new Meta(request.tookMillis(), List.of(), request.traceId());
  }

  static Meta of(ApiRequest request, Loaded loaded) {
    List<Degraded> degraded =
        loaded.missing().stream().map(m -> Degraded.of(m.field(), m.code(), m.keys())).toList();
    return new Meta(request.tookMillis(), degraded, request.traceId());
  }

  /**
   * A part of the answer that is not there.
   *
   * @param field which
   * @param reason why, as one of gRPC's codes
   * @param message why, for people
   * @param missing how many values of the field are not there
   */
  record Degraded(String field, RpcCode reason, String message, int missing) {

    static Degraded of(String field, RpcCode reason, int missing) {
      return new Degraded(field, reason, message(reason), missing);
    }

    // Our own words: those of a failure may name hosts.
    private static String message(RpcCode reason) {
      return switch (reason) {
        case DEADLINE_EXCEEDED -> "There was no answer in time.";
        case UNAVAILABLE -> "The service cannot be reached.";
        case RESOURCE_EXHAUSTED -> "The service has too much to do.";
        case NOT_FOUND -> "It does not exist.";
        case CANCELLED -> "It was given up.";
        case OK,
            UNKNOWN,
            INVALID_ARGUMENT,
            ALREADY_EXISTS,
            PERMISSION_DENIED,
            FAILED_PRECONDITION,
            ABORTED,
            OUT_OF_RANGE,
            UNIMPLEMENTED,
            INTERNAL,
            DATA_LOSS,
            UNAUTHENTICATED ->
            "The service failed.";
      };
    }
  }
}
