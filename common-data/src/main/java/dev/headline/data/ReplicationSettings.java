package dev.headline.data;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * When a replica is fit to be read, and what happens if none is. The components are the properties
 * below {@code headline.data.replication}; what is left out has a default.
 *
 * @param maxLag how much log a replica may have to replay, 1 B or more; 4 MB if left out
 * @param maxDelay how far in the past a replica may be, 10 ms to 1 h; 1 s if left out
 * @param maxAge for how long a measurement counts, and how long to wait for one, 50 ms to 10 s; 500
 *     ms if left out. A replica that hangs is out after that, and what it was asked is asked again
 *     elsewhere
 * @param primaryReads how many reads the primary does at a time because no replica is fit, 1 to the
 *     size of the pool; half of that if left out or 0
 * @param synchronousCommit for what a commit waits; {@link SynchronousCommit#ON} if left out
 */
public record ReplicationSettings(
    DataSize maxLag,
    Duration maxDelay,
    Duration maxAge,
    int primaryReads,
    SynchronousCommit synchronousCommit) {

  /** What holds if nothing is said. */
  public static final ReplicationSettings DEFAULT =
      new ReplicationSettings(null, null, null, 0, null);

  /** Checks what a binder found, which is null or zero where it found nothing. */
  public ReplicationSettings(
      @Nullable DataSize maxLag,
      @Nullable Duration maxDelay,
      @Nullable Duration maxAge,
      int primaryReads,
      @Nullable SynchronousCommit synchronousCommit) {
    this.maxLag = maxLag == null ? DataSize.ofMegabytes(4) : maxLag;
    this.maxDelay = maxDelay == null ? Duration.ofSeconds(1) : maxDelay;
    this.maxAge = maxAge == null ? Duration.ofMillis(500) : maxAge;
    this.primaryReads = primaryReads;
    this.synchronousCommit = synchronousCommit == null ? SynchronousCommit.ON : synchronousCommit;
    if (this.maxLag.toBytes() < 1) {
      throw new IllegalArgumentException(
          "headline.data.replication.max-lag must be 1 B or more, but is " + this.maxLag);
    }
    between("max-delay", this.maxDelay, Duration.ofMillis(10), Duration.ofHours(1));
    between("max-age", this.maxAge, Duration.ofMillis(50), Duration.ofSeconds(10));
    if (primaryReads < 0) {
      throw new IllegalArgumentException(
          "headline.data.replication.primary-reads must not be negative, but is " + primaryReads);
    }
  }

  /** The same with other bounds for what a replica may lack. */
  public ReplicationSettings withBounds(DataSize lag, Duration delay) {
    return new ReplicationSettings(lag, delay, maxAge, primaryReads, synchronousCommit);
  }

  /** The same with another number of reads on the primary. */
  public ReplicationSettings withPrimaryReads(int places) {
    return new ReplicationSettings(maxLag, maxDelay, maxAge, places, synchronousCommit);
  }

  /** The same with another meaning of a commit. */
  public ReplicationSettings with(SynchronousCommit commit) {
    return new ReplicationSettings(maxLag, maxDelay, maxAge, primaryReads, commit);
  }

  private static void between(String name, Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "headline.data.replication.%s is %s to %s, but this one is %s"
              .formatted(name, least, most, value));
    }
  }
}
