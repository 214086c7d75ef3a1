package dev.headline.loadtest.experiment.slow;

import dev.headline.loadtest.experiment.child.Child;
import dev.headline.loadtest.experiment.child.Latencies;
import dev.headline.loadtest.experiment.judge.Effort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Three instances, the last of them slow, and a client for each arm, in JVMs of their own. */
public final class SlowTrial implements AutoCloseable {

  private static final int RATE = 300;
  private static final int SERVICE_MILLIS = 2;
  private static final int SLOW_MILLIS = 100;

  /** How much one median may differ from the one before in a client that is warm. */
  private static final double CONVERGED = 0.10;

  private final List<Child> instances = new ArrayList<>();
  private final Map<Arm, Child> clients = new EnumMap<>(Arm.class);

  /** What one arm did in one round. */
  public record Round(double p99Micros, double extraCalls) {}

  /** Starts everything. */
  public SlowTrial() {
    try {
      List<String> addresses =
          Stream.of(SERVICE_MILLIS, SERVICE_MILLIS, SLOW_MILLIS).map(this::startInstance).toList();
      for (Arm arm : Arm.values()) {
        String[] arguments =
            Stream.concat(Stream.of(arm.name()), addresses.stream()).toArray(String[]::new);
        clients.put(arm, Child.start(SlowClient.class, arguments));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private String startInstance(int millis) {
    Child instance = Child.start(SlowServer.class, Integer.toString(millis));
    instances.add(instance);
    return instance.answer();
  }

  /**
   * Calls until the median latency stays as it is.
   *
   * @return whether it did, on both arms
   */
  public boolean warmUp(Effort effort) {
    boolean roundRobin = warmUp(Arm.ROUND_ROBIN, effort);
    boolean governed = warmUp(Arm.GOVERNED, effort);
    return roundRobin && governed;
  }

  private boolean warmUp(Arm arm, Effort effort) {
    double before = Double.MAX_VALUE;
    for (int window = 0; window < effort.mostWarmWindows(); window++) {
      double now = ask(arm, effort.warmWindow()).medianMicros();
      if (Math.abs(now - before) <= CONVERGED * before) {
        return true;
      }
      before = now;
    }
    return false;
  }

  /** Measures round robin, with nothing that would look at latency. */
  public Round roundRobin(Duration window) {
    return measure(Arm.ROUND_ROBIN, window);
  }

  /** Measures what holds where no rule says otherwise. */
  public Round governed(Duration window) {
    return measure(Arm.GOVERNED, window);
  }

  private Round measure(Arm arm, Duration window) {
    long before = arrived();
    Latencies latencies = ask(arm, window).check(arm);
    double sent = arrived() - before;
    return new Round(latencies.p99Micros(), sent / latencies.calls() - 1);
  }

  private Latencies ask(Arm arm, Duration window) {
    Child client = clients.get(arm);
    if (client == null) {
      throw new IllegalStateException("There is a client for each arm");
    }
    return Latencies.parse(client.ask(RATE + " " + window.toMillis()));
  }

  private long arrived() {
    return instances.stream().mapToLong(each -> Long.parseLong(each.ask("calls"))).sum();
  }

  @Override
  public void close() {
    clients.values().forEach(Child::close);
    instances.forEach(Child::close);
  }
}
