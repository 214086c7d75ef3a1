package dev.headline.allinone.data;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Sends many items in batches, a few batches at once. A batch that failed for a passing reason is
 * sent again: it may have gone in all the same, which is why it has to be idempotent.
 */
final class Batches {

  /** Who the services see. */
  static final String CALLER = "importer";

  /** For one attempt: a batch waits for nothing but the disk. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int ATTEMPTS = 7;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);

  private final int inFlight;
  private final Consumer<Duration> pause;
  private final Progress progress;

  /**
   * @param inFlight how many batches are under way at once: 1 or more
   * @param pause waits before the next attempt
   * @param progress hears of every batch
   */
  Batches(int inFlight, Consumer<Duration> pause, Progress progress) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("At least one batch at once, not " + inFlight);
    }
    this.inFlight = inFlight;
    this.pause = pause;
    this.progress = progress;
  }

  /** Sends one batch in one call. */
  @FunctionalInterface
  interface Sender<T> {

    /** Returns how many of the items did not exist before. */
    int send(List<T> batch);
  }

  /** Sends all items, and returns when every batch has gone in or has failed for good. */
  <T> Outcome send(String stage, List<T> items, int batchSize, Sender<T> sender) {
    var slots = new Semaphore(inFlight);
    Progress.Stage shown = progress.stage(stage, items.size());
    var batches = new ArrayList<Fork<Result>>();
    for (int start = 0; start < items.size(); start += batchSize) {
      List<T> batch = items.subList(start, Math.min(start + batchSize, items.size()));
      slots.acquireUninterruptibly();
      batches.add(
          RequestContext.current()
              .fork(
                  () -> {
                    try {
                      return insist(() -> sender.send(batch), batch.size());
                    } finally {
                      shown.advance(batch.size());
                      slots.release();
                    }
                  }));
    }
    return total(stage, items.size(), batches.stream().map(Fork::join).toList());
  }

  private Result insist(IntSupplier call, int size) {
    Duration wait = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try (var scope = RequestContext.open(new Caller(CALLER, "default"), PATIENCE)) {
        return new Sent(scope.context().call(call::getAsInt));
      } catch (RpcException | StatusRuntimeException e) {
        RpcException failure = RpcException.from(e);
        if (!isPassing(failure.code()) || attempt == ATTEMPTS) {
          return new Failed(size, failure.code() + ": " + failure.getMessage());
        }
      }
      pause.accept(wait);
      wait = wait.multipliedBy(2);
    }
  }

  /** Whether the same batch may go in a moment later. */
  private static boolean isPassing(RpcCode code) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, CANCELLED -> true;
      default -> false;
    };
  }

  private static Outcome total(String stage, int given, List<Result> results) {
    int created = 0;
    int failed = 0;
    var reasons = new TreeSet<String>();
    for (Result result : results) {
      switch (result) {
        case Sent sent -> created += sent.created();
        case Failed failure -> {
          failed += failure.items();
          reasons.add(failure.reason());
        }
      }
    }
    return new Outcome(stage, given, created, failed, List.copyOf(reasons));
  }

  private sealed interface Result {}

  private record Sent(int created) implements Result {}

  private record Failed(int items, String reason) implements Result {}
}
