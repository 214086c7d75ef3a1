package dev.headline.rpc.server;

import dev.headline.rpc.Origin;

/**
 * What the header of a call says, read once for each text that it can have.
 *
 * @param from the way of the caller's calls
 * @param origin where the request comes from, but for its baggage
 * @param attempt which try it is
 */
record Arrival(CallerPath from, Origin origin, int attempt) {}
