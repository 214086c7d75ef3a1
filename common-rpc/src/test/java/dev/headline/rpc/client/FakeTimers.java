package dev.headline.rpc.client;

import dev.headline.rpc.transport.Timers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Timers that are due when a test says so. */
final class FakeTimers implements Timers.Source {

  private final Map<Runnable, Duration> set = new ConcurrentHashMap<>();

  @Override
  public Timers.Alarm in(Duration delay, Runnable work) {
    set.put(work, delay);
    return () -> set.remove(work);
  }

  /** The delays of those that are set. */
  Collection<Duration> delays() {
    return set.values();
  }

  /** Lets all go off that are set. */
  void ring() {
    set.keySet().forEach(Runnable::run);
  }
}
