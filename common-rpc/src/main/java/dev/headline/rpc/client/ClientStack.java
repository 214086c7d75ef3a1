package dev.headline.rpc.client;

import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.telemetry.Metering;
import java.util.List;

/**
 * The way of every call out of a client, in the direction in which it travels. This list is the
 * only place that decides the order; each line says what its place depends on.
 */
final class ClientStack {

  private ClientStack() {}

  static List<Middleware> links(Connections connections, StampHeaders stampHeaders) {
    return List.of(
        // Outermost, so that it times what the caller waits for and counts each call once, however
        // many attempts it takes.
        new Metering(),
        // Beneath Metering, so that a call without time left is still counted; above the pick, so
        // that no work is done for it.
        new DeadlineBudget(),
        // Beneath whatever may call again, so that a second attempt is a new pick.
        new PickInstance(connections),
        // Last, because only now everything that the headers say is final.
        stampHeaders);
  }

  static Endpoint of(Connections connections, StampHeaders stampHeaders) {
    return Middleware.chain(links(connections, stampHeaders), new Send());
  }
}
