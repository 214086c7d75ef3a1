package dev.headline.data;

import static dev.headline.data.Sleepers.request;

import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.stream.IntStream;

/** Reads again and again until it is closed, and keeps account of how that goes. */
final class Readers implements AutoCloseable {

  /** What each read may take. */
  static final Duration BUDGET = Duration.ofMillis(800);

  private final Runnable read;
  private final List<CompletableFuture<Void>> loops;
  private final AtomicLong answered = new AtomicLong();
  private final Map<String, Integer> failures = new ConcurrentHashMap<>();
  private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
  private volatile boolean closed;

  Readers(int count, Runnable read) {
    this.read = read;
    this.loops =
        IntStream.range(0, count)
            .mapToObj(
                _ -> CompletableFuture.runAsync(this::readOnAndOn, Thread::startVirtualThread))
            .toList();
  }

  private void readOnAndOn() {
    while (!closed) {
      long start = System.nanoTime();
      try (Scope scope = request(BUDGET)) {
        scope.context().run(read);
        answered.incrementAndGet();
      } catch (RpcException e) {
        failures.merge(e.code() + ": " + e.getMessage(), 1, Integer::sum);
      }
      longest.accumulate(System.nanoTime() - start);
    }
  }

  long answered() {
    return answered.get();
  }

  long failed() {
    return failures.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** Of all that have ended. */
  double share() {
    long failed = failed();
    return (double) answered() / (answered() + failed);
  }

  Duration longest() {
    return Duration.ofNanos(longest.get());
  }

  @Override
  public String toString() {
    return "%d answered, %d ms the longest, failures %s"
        .formatted(answered(), longest().toMillis(), new TreeMap<>(failures));
  }

  @Override
  public void close() {
    closed = true;
    loops.forEach(CompletableFuture::join);
  }
}
