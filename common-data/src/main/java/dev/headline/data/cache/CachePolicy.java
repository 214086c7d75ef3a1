package dev.headline.data.cache;

import java.time.Duration;

/**
 * How one cache behaves.
 *
 * @param lifetimes how long entries stay
 * @param lease how instances share the work on a cold key
 * @param limit how much of the database it may use
 * @param nearEntries how many values it also keeps in this process, 0 to 1,000,000; 0 for none.
 *     Only for values whose change nobody minds a moment late.
 * @param backlog how many keys it remembers to invalidate while Redis is away, 1 to 1,000,000; past
 *     it, all its values are given up
 */
public record CachePolicy(
    Lifetimes lifetimes, Lease lease, Limit limit, int nearEntries, int backlog) {

  /** What holds where nothing else is said. */
  public static final CachePolicy DEFAULT =
      new CachePolicy(Lifetimes.DEFAULT, Lease.DEFAULT, Limit.DEFAULT, 0, 10_000);

  private static final int MOST = 1_000_000;

  public CachePolicy {
    between("near-entries", nearEntries, 0, MOST);
    between("backlog", backlog, 1, MOST);
  }

  /** The same with other lifetimes. */
  public CachePolicy with(Lifetimes other) {
    return new CachePolicy(other, lease, limit, nearEntries, backlog);
  }

  /** The same with other leases. */
  public CachePolicy with(Lease other) {
    return new CachePolicy(lifetimes, other, limit, nearEntries, backlog);
  }

  /** The same with another limit. */
  public CachePolicy with(Limit other) {
    return new CachePolicy(lifetimes, lease, other, nearEntries, backlog);
  }

  /** The same with so many values nearby. */
  public CachePolicy near(int entries) {
    return new CachePolicy(lifetimes, lease, limit, entries, backlog);
  }

  /** The same with another backlog. */
  public CachePolicy remembering(int keys) {
    return new CachePolicy(lifetimes, lease, limit, nearEntries, keys);
  }

  /**
   * How long entries stay. All but the fence are spread by ten percent either way, so that what was
   * loaded together does not expire together.
   *
   * @param value how long a value stays; zero for ever
   * @param fresh after this it is still served, and loaded anew in the background
   * @param absence how long it is remembered that there is no value
   * @param fence how long a write's position stays in the place of the value: longer than a replica
   *     may lag behind
   */
  public record Lifetimes(Duration value, Duration fresh, Duration absence, Duration fence) {

    private static final Duration LONGEST = Duration.ofDays(30);

    /** Five minutes, fresh for four; ten seconds for what is not there. */
    public static final Lifetimes DEFAULT =
        new Lifetimes(
            Duration.ofMinutes(5),
            Duration.ofMinutes(4),
            Duration.ofSeconds(10),
            Duration.ofMinutes(1));

    public Lifetimes {
      between("lifetimes.value", value, Duration.ZERO, LONGEST);
      between("lifetimes.fresh", fresh, Duration.ofMillis(1), LONGEST);
      between("lifetimes.absence", absence, Duration.ofMillis(1), LONGEST);
      between("lifetimes.fence", fence, Duration.ofSeconds(1), LONGEST);
    }
  }

  /**
   * How instances share the work on a cold key: who gets the lease loads it, the others wait.
   *
   * @param time how long it holds if its holder dies, 10 ms to 1 min; what is loaded more slowly is
   *     not kept
   * @param patience how long others wait for the holder before they load themselves, up to 10 s
   */
  public record Lease(Duration time, Duration patience) {

    /** Three seconds, and others wait a quarter of one. */
    public static final Lease DEFAULT = new Lease(Duration.ofSeconds(3), Duration.ofMillis(250));

    public Lease {
      between("lease.time", time, Duration.ofMillis(10), Duration.ofMinutes(1));
      between("lease.patience", patience, Duration.ZERO, Duration.ofSeconds(10));
    }
  }

  /**
   * How much of the database a cache may use, so that the database survives when Redis is away or
   * empty.
   *
   * @param places how many of its reads may be at the source at once, 1 to 1,000
   * @param patience how long a read waits for a place before it is refused, 1 ms to 10 s; its
   *     requests wait no longer than their deadlines
   */
  public record Limit(int places, Duration patience) {

    /** Half of the connections to a node, and less than most deadlines. */
    public static final Limit DEFAULT = new Limit(4, Duration.ofMillis(500));

    public Limit {
      between("limit.places", places, 1, 1_000);
      between("limit.patience", patience, Duration.ofMillis(1), Duration.ofSeconds(10));
    }
  }

  private static void between(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "A cache's %s is %d to %d, but this one is %d".formatted(name, least, most, value));
    }
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "A cache's %s is %s to %s, but this one is %s".formatted(name, least, most, value));
    }
  }
}
