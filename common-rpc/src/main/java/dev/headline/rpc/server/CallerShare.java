package dev.headline.rpc.server;

import dev.headline.rpc.Caller;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that a server is working on for one caller.
 *
 * @param caller who asks, as the server {@linkplain NamedCallers#counted counts} it
 * @param inFlight how many there are now
 */
record CallerShare(Caller caller, AtomicInteger inFlight) {

  static CallerShare of(Caller caller) {
    return new CallerShare(caller, new AtomicInteger());
  }

  @Override
  public String toString() {
    return caller.service() + "/" + caller.cluster() + " " + inFlight;
  }
}
