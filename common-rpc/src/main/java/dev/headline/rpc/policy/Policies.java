package dev.headline.rpc.policy;

/**
 * The policy table that holds now. A new one is published as a whole, as an edition with a number
 * of its own, and never changed. Whoever governs by it compares, at each call, the edition that it
 * was set up for with this one, which is one read. Safe for many threads.
 */
public final class Policies {

  /**
   * A table that was published.
   *
   * @param number grows by one with each table
   * @param table the policies
   */
  public record Edition(long number, PolicyTable table) {}

  private volatile Edition current;

  /**
   * @param first the table that holds until another is published
   */
  public Policies(PolicyTable first) {
    this.current = new Edition(1, first);
  }

  /** The edition that holds now. */
  public Edition current() {
    return current;
  }

  /** Makes a table the one that holds: for every call that begins after this. */
  public synchronized void publish(PolicyTable next) {
    current = new Edition(current.number() + 1, next);
  }
}
