package dev.headline.rpc.client;

import dev.headline.rpc.balance.Load;
import dev.headline.rpc.balance.Node;
import dev.headline.rpc.balance.SlowStart;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * An instance as the calls of one five-tuple see it: how many calls it has out is known of all its
 * methods together, how fast it is of this one alone.
 *
 * @param peer the way there
 * @param node what its balancer knows
 */
record Candidate(Peer peer, Node node) {

  Load load() {
    return node.load();
  }

  /** Its state in words, such as explanations show them. */
  String describe(SlowStart slowStart, long now) {
    double millis = load().latency(now) / TimeUnit.MILLISECONDS.toNanos(1);
    return String.format(
        Locale.ROOT,
        "%s at %s: %s, weight %d, %d in flight, %s",
        node.instance().id(),
        node.instance().address(),
        standing(slowStart, now),
        node.instance().weight(),
        load().inFlight(),
        millis == 0
            ? "no answer yet"
            : String.format(Locale.ROOT, "%.1f ms on average with peaks", millis));
  }

  private String standing(SlowStart slowStart, long now) {
    if (!peer.isReady()) {
      return "not connected";
    }
    if (!peer.connection().health().isUsable()) {
      return "connected, passed over";
    }
    double factor = slowStart.factor(node.since(), now);
    return factor == 1
        ? "connected"
        : "connected, starting slowly at %.0f %% of its weight".formatted(100 * factor);
  }
}
