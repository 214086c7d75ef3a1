package dev.headline.rpc.client;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.BaggageText;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallHeader;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Origin;
import dev.headline.rpc.Priority;
import dev.headline.rpc.RequestContext;
import io.grpc.Metadata;

/**
 * Writes down who calls, which attempt this is, how much the request matters, whether it is being
 * tried again, and what it brings along. The time that is left is not here: {@link Send} hands the
 * deadline to gRPC, which writes it as the remaining time, relative and so safe from clocks that
 * differ.
 */
final class StampHeaders implements Middleware {

  private final Caller self;
  private final String ordinary;

  StampHeaders(Caller self) {
    this.self = self;
    this.ordinary = new CallHeader(self, 1, Priority.DEFAULT, false).format();
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    RequestContext request = RequestContext.current();
    Metadata headers = call.headers();
    headers.discardAll(CallHeader.KEY);
    headers.put(CallHeader.KEY, header(call.attempt(), request.origin()));
    headers.discardAll(BaggageText.HEADER);
    Baggage baggage = request.onward();
    if (!baggage.isEmpty()) {
      headers.put(BaggageText.HEADER, BaggageText.write(baggage));
    }
    return next.invoke(call);
  }

  private String header(int attempt, Origin origin) {
    boolean retried = attempt > 1 || origin.retried();
    if (!retried && origin.priority() == Priority.DEFAULT) {
      return ordinary;
    }
    return new CallHeader(self, attempt, origin.priority(), retried).format();
  }
}
