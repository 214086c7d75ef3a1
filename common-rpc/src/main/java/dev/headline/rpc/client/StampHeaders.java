package dev.headline.rpc.client;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallHeader;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;

/**
 * Writes down who calls and which attempt this is. The time that is left is not here: {@link Send}
 * hands the deadline to gRPC, which writes it as the remaining time, relative and so safe from
 * clocks that differ.
 */
final class StampHeaders implements Middleware {

  private final Caller self;
  private final String firstAttempt;

  StampHeaders(Caller self) {
    this.self = self;
    this.firstAttempt = new CallHeader(self, 1).format();
  }

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    call.headers().discardAll(CallHeader.KEY);
    call.headers().put(CallHeader.KEY, header(call.attempt()));
    return next.invoke(call);
  }

  private String header(int attempt) {
    return attempt == 1 ? firstAttempt : new CallHeader(self, attempt).format();
  }
}
