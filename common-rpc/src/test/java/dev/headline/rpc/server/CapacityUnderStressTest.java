package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Priority;
import dev.headline.rpc.RpcCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That rooms are counted right, whatever happens and however much at once. */
class CapacityUnderStressTest extends LimitOfTen {

  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final List<RpcCode> OUTCOMES = List.of(RpcCode.values());

  @Test
  void whateverHappensTheCountsAddUp() {
    for (long seed = 0; seed < 200; seed++) {
      var random = new Random(seed);
      Capacity each = limitedTo(1 + random.nextInt(20));
      List<Permit> held = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        clock.addAndGet(random.nextInt(100_000_000));
        if (random.nextBoolean() && !held.isEmpty()) {
          RpcCode outcome = OUTCOMES.get(random.nextInt(OUTCOMES.size()));
          held.remove(random.nextInt(held.size())).release(outcome);
        } else {
          Priority priority = PRIORITIES.get(random.nextInt(3));
          Caller caller = random.nextBoolean() ? GATEWAY : SEARCH;
          Permit permit = each.enter(each.rank(priority), each.share(caller), 50);
          if (permit != null) {
            held.add(permit);
          }
        }
        assertThat(each.inFlight()).isEqualTo(held.size()).isLessThanOrEqualTo(each.limit());
      }
      held.forEach(permit -> permit.release(RpcCode.OK));
      assertThat(each.inFlight()).isZero();
      for (Priority priority : Priority.values()) {
        assertThat(each.rank(priority).inFlight()).isZero();
      }
      assertThat(each.share(GATEWAY).inFlight()).hasValue(0);
      assertThat(each.share(SEARCH).inFlight()).hasValue(0);
    }
  }

  @Test
  void manyThreadsAtOnceAreNeverMoreThanTheLimit() throws InterruptedException {
    var peak = new AtomicInteger();
    var start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitUninterrupted(start);
                    for (int n = 0; n < 20_000; n++) {
                      Permit permit = enter(Priority.CRITICAL, n % 2 == 0 ? GATEWAY : SEARCH);
                      if (permit != null) {
                        peak.accumulateAndGet(capacity.inFlight(), Math::max);
                        permit.release(RpcCode.OK);
                      }
                    }
                  }));
    }
    start.countDown();
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(peak.get()).isBetween(1, 10);
    assertThat(capacity.inFlight()).isZero();
    assertThat(capacity.share(GATEWAY).inFlight()).hasValue(0);
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
