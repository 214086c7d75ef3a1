package dev.headline.data;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Some clients that write rows and some that read them, and what each of them was told. */
final class Writers implements AutoCloseable {

  static final Duration BUDGET = Duration.ofMillis(800);
  private static final int CLIENTS = 4;

  final Set<Long> acknowledged = ConcurrentHashMap.newKeySet();
  final Set<Long> notWritten = ConcurrentHashMap.newKeySet();
  final Set<Long> unknown = ConcurrentHashMap.newKeySet();
  final Set<String> sentences = ConcurrentHashMap.newKeySet();
  final AtomicInteger readsAnswered = new AtomicInteger();
  final AtomicInteger readsFailed = new AtomicInteger();
  final AtomicLong longestNanos = new AtomicLong();

  private final ReplicaRouter router;
  private final AtomicLong lastId = new AtomicLong();
  private final List<Fork<Integer>> clients;
  private volatile boolean over;

  Writers(ReplicaRouter router) {
    this.router = router;
    this.clients =
        IntStream.range(0, 2 * CLIENTS)
            .mapToObj(
                i ->
                    RequestContext.current()
                        .fork(() -> repeat(i < CLIENTS ? this::write : this::read)))
            .toList();
  }

  int failures() {
    return notWritten.size() + unknown.size();
  }

  double readsAnsweredOfAll() {
    return (double) readsAnswered.get() / (readsAnswered.get() + readsFailed.get());
  }

  private int repeat(Runnable attempt) {
    int rounds = 0;
    while (!over) {
      long start = System.nanoTime();
      try (Scope scope = RequestContext.open(Caller.UNKNOWN, BUDGET)) {
        scope.context().run(attempt);
      }
      longestNanos.accumulateAndGet(System.nanoTime() - start, Math::max);
      rounds++;
    }
    return rounds;
  }

  private void write() {
    long id = lastId.incrementAndGet();
    try {
      router.write(sql -> sql.sql("insert into thing (id) values (?)").param(id).update());
      acknowledged.add(id);
    } catch (RpcException failure) {
      sentences.add(String.valueOf(failure.getMessage()));
      (failure.execution() == Execution.NOT_EXECUTED ? notWritten : unknown).add(id);
    }
  }

  private void read() {
    try {
      router.read().sql("select count(*) from thing where id < 10").query(Long.class).single();
      readsAnswered.incrementAndGet();
    } catch (RpcException failure) {
      readsFailed.incrementAndGet();
    }
  }

  /** Ends when each has finished what it was at. */
  @Override
  public void close() {
    over = true;
    clients.forEach(Fork::join);
  }
}
