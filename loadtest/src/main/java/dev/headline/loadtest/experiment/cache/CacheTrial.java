package dev.headline.loadtest.experiment.cache;

import dev.headline.loadtest.experiment.child.Child;
import dev.headline.loadtest.experiment.child.Latencies;
import dev.headline.loadtest.experiment.judge.Effort;
import dev.headline.loadtest.experiment.judge.ExperimentException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** A database, Redis, and a client for each arm, in JVMs of their own. */
public final class CacheTrial implements AutoCloseable {

  /** Pages a second: what both sides can hold on two processors. */
  public static final int RATE = 1_000;

  /** How much one median may differ from the one before in a client that is warm. */
  private static final double CONVERGED = 0.10;

  /** Before each measurement, so that it begins with what belongs to its own load. */
  private static final Duration SETTLE = Duration.ofSeconds(1);

  private final Servers servers = Servers.start();
  private final Map<Arm, Child> clients = new EnumMap<>(Arm.class);
  private long seed;

  /**
   * What one side did in one round.
   *
   * @param statements for one page
   * @param medianMicros from when a page was due
   */
  public record Round(double statements, double medianMicros) {}

  /** What both sides did with the same pages. */
  public record Rounds(Round cached, Round uncached) {}

  /** Starts everything. */
  public CacheTrial() {
    try {
      for (Arm arm : Arm.values()) {
        String places = servers.places().toString();
        clients.put(arm, Child.start(ReadClient.class, arm.name(), places));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Reads until the median latency stays as it is.
   *
   * @return whether it did, on both sides
   */
  public boolean warmUp(Effort effort) {
    boolean uncached = warmUp(Arm.UNCACHED, effort);
    boolean cached = warmUp(Arm.CACHED, effort);
    return uncached && cached;
  }

  private boolean warmUp(Arm arm, Effort effort) {
    double before = Double.MAX_VALUE;
    for (int window = 0; window < effort.mostWarmWindows(); window++) {
      double now = read(arm, effort.warmWindow(), ++seed).medianMicros();
      if (Math.abs(now - before) <= CONVERGED * before) {
        return true;
      }
      before = now;
    }
    return false;
  }

  /** Returns if both sides answer the same. */
  public void compareAnswers() {
    String expected = client(Arm.UNCACHED).ask("fingerprint " + ++seed);
    String actual = client(Arm.CACHED).ask("fingerprint " + seed);
    if (!expected.equals(actual)) {
      throw new ExperimentException(
          "Both sides must answer the same, but the cache says %s and the database %s"
              .formatted(actual, expected));
    }
  }

  /** Measures both sides, one after the other. */
  public Rounds measure(boolean cachedFirst, Duration window) {
    long pages = ++seed;
    Round first = measure(cachedFirst ? Arm.CACHED : Arm.UNCACHED, window, pages);
    Round second = measure(cachedFirst ? Arm.UNCACHED : Arm.CACHED, window, pages);
    return cachedFirst ? new Rounds(first, second) : new Rounds(second, first);
  }

  private Round measure(Arm arm, Duration window, long pages) {
    var _ = client(arm).ask("age %d %d".formatted(RATE, pages));
    var _ = read(arm, SETTLE, -pages);
    long before = servers.statements();
    Latencies latencies = read(arm, window, pages).check(arm);
    double statements = servers.statements() - before;
    return new Round(statements / latencies.calls(), latencies.medianMicros());
  }

  private Latencies read(Arm arm, Duration time, long pages) {
    String question = "read %d %d %d".formatted(RATE, time.toMillis(), pages);
    return Latencies.parse(client(arm).ask(question));
  }

  private Child client(Arm arm) {
    Child client = clients.get(arm);
    if (client == null) {
      throw new IllegalStateException("There is a client for each arm");
    }
    return client;
  }

  @Override
  public void close() {
    clients.values().forEach(Child::close);
    servers.close();
  }
}
