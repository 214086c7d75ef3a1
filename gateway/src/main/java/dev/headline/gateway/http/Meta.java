package dev.headline.gateway.http;

import dev.headline.gateway.http.edge.ApiRequest;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.load.Loaded;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an answer came about.
 *
 * @param tookMs how long it took in here, in milliseconds
 * @param degraded what was asked for and is not in the answer, or is there only as a substitute;
 *     empty if all is there
 * @param requestId the request's name, to be quoted when asking what happened
 * @param traceId the trace that records the request; null if none does
 */
record Meta(long tookMs, List<Degraded> degraded, String requestId, @Nullable String traceId) {

  static Meta of(ApiRequest request) {
    return of(request, List.of());
  }

  static Meta of(ApiRequest request, Loaded loaded) {
    return of(
        request,
        loaded.missing().stream().map(m -> Degraded.of(m.field(), m.code(), m.keys())).toList());
  }

  /** To be called within the request, which knows whether a fallback answered. */
  private static Meta of(ApiRequest request, List<Degraded> missing) {
    List<Degraded> degraded =
        Stream.concat(
                missing.stream(),
                RequestContext.current().notes().degraded().stream().map(Degraded::instead))
            .toList();
    return new Meta(request.tookMillis(), degraded, request.requestId(), request.traceId());
  }

  /**
   * A part of the answer that is not there, or not as it should be.
   *
   * @param field which; for a substitute, the call that it stands for
   * @param reason why, as one of gRPC's codes
   * @param message why, for people
   * @param missing how many values of the field are not there
   */
  record Degraded(String field, RpcCode reason, String message, int missing) {

    static Degraded of(String field, RpcCode reason, int missing) {
      return new Degraded(field, reason, message(reason), missing);
    }

    static Degraded instead(dev.headline.rpc.Degraded reply) {
      return new Degraded(
          reply.method(),
          reply.reason(),
          message(reply.reason()) + " Something else was taken instead.",
          0);
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
