package dev.headline.rpc.server;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.BaggageText;
import dev.headline.rpc.Call;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.Notes;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;

/**
 * Puts where the request comes from and what it brings along in a place where the handler and all
 * calls that it makes can see it. Baggage is read only if there is some; what cannot be read is
 * refused.
 */
final class ReadHeaders implements Middleware {

  @Override
  public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
    var notes = new Notes();
    call.notes(notes);
    readBaggage(call);
    return RequestContext.current()
        .from(call.origin(), call.ledger(), notes)
        .call(() -> next.invoke(call));
  }

  /**
   * Lets the call's origin say what the request brings along, unless it does so already.
   *
   * @throws RpcException if that cannot be read
   */
  static void readBaggage(Call<?, ?> call) {
    String baggage = call.headers().get(BaggageText.HEADER);
    if (baggage != null && call.origin().baggage().equals(Baggage.EMPTY)) {
      call.origin(call.origin().with(read(baggage)));
    }
  }

  private static Baggage read(String text) {
    try {
      return BaggageText.read(text);
    } catch (IllegalArgumentException e) {
      throw RpcException.refused(
          RpcCode.INVALID_ARGUMENT, "The header x-rpc-baggage: " + e.getMessage());
    }
  }
}
