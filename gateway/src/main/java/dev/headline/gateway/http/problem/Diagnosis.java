package dev.headline.gateway.http.problem;

import static dev.headline.gateway.http.problem.ProblemType.DEADLINE_EXCEEDED;
import static dev.headline.gateway.http.problem.ProblemType.INTERNAL;
import static dev.headline.gateway.http.problem.ProblemType.MALFORMED_REQUEST;
import static dev.headline.gateway.http.problem.ProblemType.METHOD_NOT_ALLOWED;
import static dev.headline.gateway.http.problem.ProblemType.NOT_ACCEPTABLE;
import static dev.headline.gateway.http.problem.ProblemType.NOT_FOUND;
import static dev.headline.gateway.http.problem.ProblemType.OVERLOADED;
import static dev.headline.gateway.http.problem.ProblemType.REFUSED_ARGUMENT;
import static dev.headline.gateway.http.problem.ProblemType.SERVICE_FAILED;
import static dev.headline.gateway.http.problem.ProblemType.UNAVAILABLE;
import static dev.headline.gateway.http.problem.ProblemType.UNKNOWN_FIELD;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.load.UnknownFieldException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ResponseStatusException;

/** Tells which problem a failure is. */
public final class Diagnosis {

  private Diagnosis() {}

  /** What a failure means in a trace: a request that is not in order is nobody's fault here. */
  public static RpcException forTrace(Throwable failure) {
    if (failure instanceof RpcException rpc) {
      return rpc;
    }
    Problem problem = of(failure);
    return problem.type().status() < 500
        ? RpcException.refused(RpcCode.INVALID_ARGUMENT, problem.detail())
        : RpcException.from(failure);
  }

  static Problem of(Throwable failure) {
    return switch (failure) {
      case ProblemException known -> known.problem();
      case UnknownFieldException unknown ->
          Problem.unknown(UNKNOWN_FIELD, "field", "fields", unknown.field(), unknown.nearest());
      case RpcException rpc -> of(rpc);
      case MethodNotAllowedException method ->
          Problem.of(
              METHOD_NOT_ALLOWED, "This resource does not know " + method.getHttpMethod() + ".");
      case NotAcceptableStatusException _ ->
          Problem.of(NOT_ACCEPTABLE, "Everything here is application/json.");
      case ResponseStatusException status -> of(status);
      default -> Problem.of(INTERNAL, "This has been noted and will be looked into.");
    };
  }

  private static Problem of(ResponseStatusException status) {
    return switch (status.getStatusCode().value()) {
      case 404 -> Problem.of(NOT_FOUND, "No resource has this address.");
      case 400 -> Problem.of(MALFORMED_REQUEST, "The request cannot be read.");
      default -> Problem.of(INTERNAL, "This has been noted and will be looked into.");
    };
  }

  // Only a refusal repeats the service's own words: they were written for whoever asked. The words
  // of a failure may name hosts.
  private static Problem of(RpcException failure) {
    return switch (failure.code()) {
      case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION ->
          Problem.of(REFUSED_ARGUMENT, words(failure));
      case NOT_FOUND -> Problem.of(NOT_FOUND, words(failure));
      case DEADLINE_EXCEEDED ->
          Problem.of(DEADLINE_EXCEEDED, "The deadline of the request has passed.");
      case RESOURCE_EXHAUSTED ->
          Problem.of(OVERLOADED, "A limit is reached; try again a little later.");
      case UNAVAILABLE -> Problem.of(UNAVAILABLE, "Try again a little later.");
      // Cancelled by the service: for a client that has left, nobody asks for a diagnosis.
      case CANCELLED, UNKNOWN, INTERNAL, UNIMPLEMENTED, DATA_LOSS, ABORTED, ALREADY_EXISTS ->
          Problem.of(SERVICE_FAILED, "The service said: " + failure.code() + ".");
      case PERMISSION_DENIED, UNAUTHENTICATED ->
          Problem.of(SERVICE_FAILED, "The service does not trust this gateway.");
      case OK -> throw new IllegalArgumentException("Not a failure", failure);
    };
  }

  private static String words(RpcException refusal) {
    String message = refusal.getMessage();
    return message == null ? refusal.code().name() : message;
  }
}
