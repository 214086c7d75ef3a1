package dev.headline.rpc.server;

import dev.headline.rpc.BaggageText;
import dev.headline.rpc.Call;
import dev.headline.rpc.DegradedText;
import dev.headline.rpc.Notes;
import io.grpc.Metadata;

/**
 * Tells the caller what the handler has to say beside its reply or its failure, and which replies
 * on the way to it were a fallback's; if anything.
 */
final class NotesTrailer {

  private NotesTrailer() {}

  static void write(Call<?, ?> call, Metadata trailers) {
    Notes notes = call.notes();
    if (notes == null) {
      return;
    }
    if (!notes.toCaller().isEmpty()) {
      trailers.put(BaggageText.TRAILER, BaggageText.write(notes.toCaller()));
    }
    if (!notes.degraded().isEmpty()) {
      trailers.put(DegradedText.TRAILER, DegradedText.write(notes.degraded()));
    }
  }
}
