package dev.headline.rpc.server;

import dev.headline.rpc.BaggageText;
import dev.headline.rpc.Call;
import dev.headline.rpc.DegradedText;
import dev.headline.rpc.Ledger;
import dev.headline.rpc.Notes;
import dev.headline.rpc.OpenLedger;
import dev.headline.rpc.RefusalTrailer;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.policy.Detail;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.charset.StandardCharsets;

/**
 * What stands beside a reply or a failure: what the handler tells its caller, which replies on the
 * way to it were a fallback's, and where the time went.
 *
 * <p>gRPC bounds all trailers of a call together, and a client that gets more loses the reply. So
 * what does not fit is left out: the ledger before what is degraded, and that before what the
 * handler tells. The reply matters more than all of them.
 */
final class Trailers {

  /** Any gRPC client reads 8 KiB; the rest is for what gRPC itself adds. */
  private static final int MOST_BYTES = 7 << 10;

  /** What HTTP/2 counts for a header beside its name and its value. */
  private static final int BYTES_EACH = 32;

  /** Percent-encoded, a byte of the status text is three. */
  private static final int ENCODED = 3;

  private final Metadata metadata;
  private int left;

  private Trailers(Metadata metadata, int left) {
    this.metadata = metadata;
    this.left = left;
  }

  /** The trailers of a reply. */
  static Metadata of(Call<?, ?> call) {
    return new Trailers(new Metadata(), MOST_BYTES).with(call, RpcCode.OK);
  }

  /**
   * The trailers of a failure.
   *
   * @param status as which it crosses the wire
   */
  static Metadata of(Call<?, ?> call, RpcException failure, Status status) {
    String sentence = status.getDescription();
    int taken = sentence == null ? 0 : ENCODED * sentence.getBytes(StandardCharsets.UTF_8).length;
    return new Trailers(RefusalTrailer.of(failure), MOST_BYTES - taken).with(call, failure.code());
  }

  private Metadata with(Call<?, ?> call, RpcCode outcome) {
    Notes notes = call.notes();
    if (notes != null && !notes.toCaller().isEmpty()) {
      add(BaggageText.TRAILER, BaggageText.write(notes.toCaller()));
    }
    if (notes != null && !notes.degraded().isEmpty()) {
      add(DegradedText.TRAILER, DegradedText.write(notes.degraded()));
    }
    OpenLedger ledger = call.ledger();
    if (ledger != null && isTold(ledger, call, outcome)) {
      add(Ledger.HEADER, ledger.soFar().format());
    }
    return metadata;
  }

  /** If time ran out, if the caller asks, if the policy says. */
  private static boolean isTold(OpenLedger ledger, Call<?, ?> call, RpcCode outcome) {
    // A caller that has given up itself hears nothing any more.
    return !RequestContext.current().isCancelled()
        && (outcome == RpcCode.DEADLINE_EXCEEDED
            || ledger.isWanted()
            || call.target().policy().detail() == Detail.FULL);
  }

  private void add(Metadata.Key<String> key, String text) {
    int bytes = key.name().length() + text.length() + BYTES_EACH;
    if (bytes <= left) {
      left -= bytes;
      metadata.put(key, text);
    }
  }
}
