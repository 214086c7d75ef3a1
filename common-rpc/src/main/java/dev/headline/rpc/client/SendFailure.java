package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Phase;
import dev.headline.rpc.Pushback;
import dev.headline.rpc.RefusalTrailer;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.Metadata;
import io.grpc.Status;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Says why an attempt has no reply, how far it came, and whether a server can have seen it. */
final class SendFailure {

  private SendFailure() {}

  /**
   * @param closed what gRPC says
   * @param trailers what the server said beside it
   * @param limit of the part that the attempt was ended in, if it was
   */
  static RpcException of(
      Call<?, ?> call, Attempt attempt, Status closed, Metadata trailers, PhaseWatch limit) {
    Phase part = attempt.phase();
    Execution execution = Unseen.is(attempt, closed) ? Execution.NOT_EXECUTED : Execution.UNKNOWN;
    Phase overdue = attempt.overdue();
    if (overdue != null) {
      RpcCode code = overdue == Phase.CONNECT ? RpcCode.UNAVAILABLE : RpcCode.DEADLINE_EXCEEDED;
      String sentence = sentence(overdue, call.target().key().to(), limit.limit(overdue));
      return failure(code, sentence, null, execution).during(overdue);
    }
    if (closed.getCause() instanceof RpcException known) {
      return known;
    }
    if (closed.getCode() == Status.Code.DEADLINE_EXCEEDED && !attempt.isAnswered()) {
      String sentence =
          "%s had not answered when the time was over (%s)"
              .formatted(call.target().key().to(), attempt.phases());
      return failure(RpcCode.DEADLINE_EXCEEDED, sentence, null, execution).during(part);
    }
    RpcException told = RefusalTrailer.read(closed, trailers);
    return (execution == Execution.NOT_EXECUTED ? told.notExecuted() : told).during(part);
  }

  private static String sentence(Phase overdue, String callee, Duration limit) {
    String words =
        switch (overdue) {
          case CONNECT -> "There was no connection to %s within %d ms";
          case WRITE -> "%s did not take the request within %d ms";
          case WAIT -> "%s did not begin its reply within %d ms";
          case READ -> "%s began its reply and did not end it within %d ms";
        };
    return words.formatted(callee, limit.toMillis());
  }

  private static RpcException failure(
      RpcCode code, String sentence, @Nullable Throwable cause, Execution execution) {
    return new RpcException(code, sentence, cause, execution, Pushback.NONE);
  }
}
