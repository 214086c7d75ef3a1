package dev.headline.rpc.server;

import dev.headline.rpc.Call;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.OpenLedger;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.policy.Detail;
import io.grpc.Metadata;

/** Tells the caller where the time went: if it ran out, if the caller asks, if the policy says. */
final class LedgerTrailer {

  private LedgerTrailer() {}

  static void write(Call<?, ?> call, RpcCode outcome, Metadata trailers) {
    OpenLedger ledger = call.ledger();
    // A caller that has given up itself hears nothing any more.
    if (ledger == null || RequestContext.current().isCancelled()) {
      return;
    }
    boolean told =
        outcome == RpcCode.DEADLINE_EXCEEDED
            || ledger.isWanted()
            || call.target().policy().detail() == Detail.FULL;
    if (told) {
      trailers.put(Ledger.HEADER, ledger.soFar().format());
    }
  }
}
