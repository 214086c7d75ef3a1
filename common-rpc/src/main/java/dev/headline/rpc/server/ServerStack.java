package dev.headline.rpc.server;

import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.telemetry.Metering;
import java.util.List;

/**
 * The way of every call into a server, in the direction in which it travels. This list is the only
 * place that decides the order; each line says what its place depends on.
 */
final class ServerStack {

  private ServerStack() {}

  static List<Middleware> links(Callers callers) {
    return List.of(
        // Outermost, so that whatever refuses is counted; under which caller, it asks when the call
        // is over.
        new Metering(),
        // Above everything that asks who calls.
        new ReadHeaders(callers),
        // Above the handler and whatever looks at its failures, so that each has a code.
        new MapErrors(),
        // Last, so that the time spent on the way here is part of what it judges.
        new DropExpired());
  }

  static Endpoint of(Callers callers, Endpoint handler) {
    return Middleware.chain(links(callers), handler);
  }
}
