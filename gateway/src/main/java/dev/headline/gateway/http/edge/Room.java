package dev.headline.gateway.http.edge;

import dev.headline.gateway.http.problem.Problem;
import dev.headline.gateway.http.problem.ProblemException;
import dev.headline.gateway.http.problem.ProblemType;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The places of the requests that are being answered, up to a {@link RequestLimit}. Whoever finds
 * too few is refused at once, because a request that waits here only spends its deadline, and
 * because each one that is let in has a thread, calls and replies in memory until it ends.
 *
 * <p>Places are taken until the answer is written as JSON and handed to Netty: until then its
 * replies are in the heap. They are not held for as long as a client takes to read, so slow readers
 * keep nobody out; what waits for them is bounded by {@link UnreadAnswers}. Health and metrics do
 * not pass here. Safe for many threads; takes no lock.
 */
public final class Room {

  private final int most;
  private final AtomicInteger taken = new AtomicInteger();

  public Room(RequestLimit limit) {
    this.most = limit.maxInFlight();
  }

  /**
   * Takes places, to be given back by {@link #leave}.
   *
   * @param places how many; 1 or more
   * @throws ProblemException if there are too few
   */
  void enter(int places) {
    if (taken.addAndGet(places) > most) {
      taken.addAndGet(-places);
      String detail = "Too many requests are being answered; try again a little later.";
      throw Problem.of(ProblemType.OVERLOADED, detail).toException();
    }
  }

  /** Gives so many places back. */
  void leave(int places) {
    taken.addAndGet(-places);
  }
}
