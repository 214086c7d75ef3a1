package dev.headline.rpc.client;

import dev.headline.rpc.Baggage;
import dev.headline.rpc.BaggageText;
import dev.headline.rpc.DegradedText;
import dev.headline.rpc.RequestContext;
import io.grpc.Metadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what a callee told beside its reply or its failure, for the request that called: what came
 * with the last attempt, because an earlier one, or a hedge that lost, is no part of what the
 * caller gets.
 */
final class Told {

  private static final Logger log = LoggerFactory.getLogger(Told.class);

  private Told() {}

  /**
   * To be called on the caller's thread, before the outcome is handed out. What cannot be read is
   * left out: the reply matters more than what stands beside it.
   */
  static void read(@Nullable Metadata trailers) {
    if (trailers == null) {
      return;
    }
    String degraded = trailers.get(DegradedText.TRAILER);
    if (degraded != null) {
      DegradedText.read(degraded).forEach(RequestContext.current().notes()::degraded);
    }
    String text = trailers.get(BaggageText.TRAILER);
    if (text == null) {
      return;
    }
    Baggage told;
    try {
      told = BaggageText.read(text);
    } catch (IllegalArgumentException e) {
      log.debug("A callee told something that cannot be read", e);
      return;
    }
    try {
      RequestContext.current().notes().receive(told);
    } catch (IllegalArgumentException e) {
      // Whoever began the request may be shown less than it has seen.
      log.warn("Not all that a callee told goes on to the caller: {}", e.getMessage());
    }
  }
}
