package dev.headline.infra.fault;

import java.time.Duration;

/** What a {@link FaultProxy} does to the connections that lead through it. */
public sealed interface Fault {

  /** Nothing: every byte is handed on at once. */
  record Pass() implements Fault {}

  /**
   * Every reply arrives later, in order and with the same throughput, as over a longer way.
   *
   * @param extra how much later; positive, a minute at most
   */
  record Delay(Duration extra) implements Fault {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    public Delay {
      if (!extra.isPositive() || extra.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("A delay is above 0 and at most 1 min, was " + extra);
      }
    }
  }

  /**
   * Connections stay open, new ones are accepted, and nothing arrives on either side: a partition,
   * or a firewall that has forgotten the connection.
   */
  record BlackHole() implements Fault {}

  /** Requests arrive and are carried out; replies do not arrive. */
  record DropReplies() implements Fault {}

  /** Connections are reset, and so is each new one: a process that crashes whenever it starts. */
  record Reset() implements Fault {}

  /** Nothing is done to the connections. */
  static Fault pass() {
    return new Pass();
  }

  /** Every reply arrives later by this much. */
  static Fault delay(Duration extra) {
    return new Delay(extra);
  }

  /** Nothing arrives on either side. */
  static Fault blackHole() {
    return new BlackHole();
  }

  /** Requests arrive, replies do not. */
  static Fault dropReplies() {
    return new DropReplies();
  }

  /** Every connection is reset. */
  static Fault reset() {
    return new Reset();
  }
}
