package dev.headline.rpc.fault;

import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.fault.Outcome.Answered;
import dev.headline.rpc.fault.Outcome.Failed;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;

/**
 * A load as users make it: each call is sent when its time has come, whether or not the ones before
 * it are back, and waits from then on. A load that waited for its answers would slow down with the
 * service and measure the better the worse things are ("coordinated omission").
 *
 * @param perSecond how many calls are sent in a second
 * @param count how many calls there are, unless it is ended before
 * @param budget how long each caller waits
 */
record OpenLoop(double perSecond, int count, Duration budget) {

  private static final Caller USER = new Caller("gateway", "default");
  private static final Duration LONGEST = Duration.ofSeconds(60);

  /** Sends it all and waits for the last answer. */
  LoadResult run(IntFunction<String> call) {
    return start(call).join();
  }

  /**
   * Begins to send, and returns at once.
   *
   * @param call makes the call of that number, from 0, and returns which instance answered it
   */
  Running start(IntFunction<String> call) {
    Running running = new Running(call);
    Thread.ofPlatform().daemon().name("open-loop").start(running::send);
    return running;
  }

  /** A load on its way. */
  final class Running {

    private final IntFunction<String> call;
    private final AtomicReferenceArray<Outcome> outcomes = new AtomicReferenceArray<>(count);
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean ending;
    private volatile boolean isSent;
    private volatile int sent;
    private volatile long mostLate;

    private Running(IntFunction<String> call) {
      this.call = call;
    }

    /** Blocks until that many calls are sent. */
    void awaitSent(int number) {
      Awaitility.await()
          .atMost(LONGEST)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> sent >= number);
    }

    /** How many calls are sent. */
    int sent() {
      return sent;
    }

    /** How many calls are on their way. */
    int inFlight() {
      return sent - ended.get();
    }

    /** Sends no more, and blocks until what is sent has ended. */
    LoadResult end() {
      ending = true;
      return join();
    }

    /** Blocks until every call has ended. */
    LoadResult join() {
      Awaitility.await()
          .atMost(LONGEST)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> isSent && ended.get() == sent);
      Outcome[] all = new Outcome[sent];
      Arrays.setAll(all, outcomes::get);
      return new LoadResult(List.of(all), budget, Duration.ofNanos(mostLate));
    }

    private void send() {
      long start = System.nanoTime();
      for (int number = 0; number < count && !ending; number++) {
        int current = number;
        long intended = start + (long) (number * 1e9 / perSecond);
        await(intended);
        mostLate = Math.max(mostLate, System.nanoTime() - intended);
        Thread.startVirtualThread(() -> make(current, intended));
        sent = number + 1;
      }
      isSent = true;
    }

    private void make(int number, long intended) {
      try (var request = RequestContext.open(USER, budget)) {
        String instance = request.context().call(() -> call.apply(number));
        outcomes.set(number, new Answered(instance, System.nanoTime() - intended));
      } catch (RuntimeException e) {
        RpcException failure = RpcException.from(e);
        long nanos = System.nanoTime() - intended;
        outcomes.set(number, new Failed(failure.code(), String.valueOf(failure), nanos));
      } finally {
        ended.incrementAndGet();
      }
    }

    private static void await(long instant) {
      long left = instant - System.nanoTime();
      while (left > 0) {
        LockSupport.parkNanos(left);
        left = instant - System.nanoTime();
      }
    }
  }
}
