package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemException;
import dev.headline.gateway.http.problem.ProblemType;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The requests that are being answered, up to a {@link RequestLimit}. One more is refused at once,
 * because a request that waits here only spends its deadline, and because each one that is let in
 * has a thread, calls and replies in memory until it ends.
 *
 * <p>A place is taken for as long as a request is worked on, which its deadline bounds, and not for
 * as long as its client takes to read the answer: slow readers keep nobody out. Health and metrics
 * do not pass here. Safe for many threads; takes no lock.
 */
public final class Room {

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  public Room(RequestLimit limit) {
    this.most = limit.maxInFlight();
  }

  /**
   * Takes a place, to be given back by {@link #leave}.
   *
   * @throws ProblemException if there is none
   */
  void enter() {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      String detail = "Too many requests are being answered; try again a little later.";
      throw Problem.of(ProblemType.OVERLOADED, detail).toException();
    }
  }

  /** Gives a place back. */
  void leave() {
    taken.decrementAndGet();
  }
}
