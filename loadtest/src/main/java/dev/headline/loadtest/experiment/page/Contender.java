package dev.headline.loadtest.experiment.page;

import dev.headline.loadtest.experiment.child.Child;
import dev.headline.loadtest.experiment.judge.Effort;
import java.time.Duration;
import java.util.function.Consumer;

/** One side as two JVMs of its own, one that serves pages and one that reads them. */
final class Contender implements AutoCloseable {

  private static final double CONVERGED = 0.05;
  private static final int ALIKE = 3;

  private final Side side;
  private final Child server;
  private final Child client;

  private Contender(Side side, Child server, Child client) {
    this.side = side;
    this.server = server;
    this.client = client;
  }

  static Contender start(Side side) {
    Child server = Child.start(PageServer.class, side.name());
    try {
      Child client = Child.start(PageClient.class, side.name(), server.answer());
      return new Contender(side, server, client);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /** What it answers, to be compared with what another side does. */
  String fingerprint() {
    return client.ask("fingerprint");
  }

  /**
   * Reads pages until they become no cheaper: three windows in a row within 5 %, because two may
   * agree on the way down. What a JVM that is cold costs, and what it fails to do in time, says
   * nothing.
   *
   * @return whether they did
   */
  boolean warmUp(Load load, Effort effort) {
    double before = Double.MAX_VALUE;
    int alike = 1;
    for (int window = 0; window < effort.mostWarmWindows() && alike < ALIKE; window++) {
      double now = cost(load, effort.warmWindow(), tally -> {});
      alike = Math.abs(now - before) <= CONVERGED * before ? alike + 1 : 1;
      before = now;
    }
    return alike == ALIKE;
  }

  /** The CPU time that a page takes, in microseconds, client and server together. */
  double measure(Load load, Duration window) {
    return cost(load, window, tally -> tally.check(side.toString()));
  }

  private double cost(Load load, Duration window, Consumer<Tally> check) {
    Duration before = server.cpu().plus(client.cpu());
    Tally tally = Tally.parse(client.ask(load + " " + window.toMillis()));
    Duration after = server.cpu().plus(client.cpu());
    check.accept(tally);
    return after.minus(before).toNanos() / 1_000.0 / Math.max(1, tally.pages());
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
