package dev.headline.rpc;

/**
 * Where a request comes from and what it brings along.
 *
 * @param caller who asked
 * @param priority how much it matters
 * @param retried whether some hop on its way here has sent it before; it is not tried again then,
 *     because attempts upon attempts multiply
 * @param baggage what travels beside it
 */
public record Origin(Caller caller, Priority priority, boolean retried, Baggage baggage) {

  /** Of a request that says nothing of itself. */
  public static final Origin UNKNOWN = of(Caller.UNKNOWN);

  /** Of a request that a caller begins. */
  public static Origin of(Caller caller) {
    return new Origin(caller, Priority.DEFAULT, false, Baggage.EMPTY);
  }

  /** The same with another priority. */
  public Origin with(Priority other) {
    return new Origin(caller, other, retried, baggage);
  }

  /** The same with other baggage. */
  public Origin with(Baggage other) {
    return new Origin(caller, priority, retried, other);
  }
}
