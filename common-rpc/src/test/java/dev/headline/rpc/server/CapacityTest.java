package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Priority;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.server.AdaptiveLimit.Bounds;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A server whose limit stays ten. */
class CapacityTest {

  private static final List<Priority> PRIORITIES = List.of(Priority.values());
  private static final List<RpcCode> OUTCOMES = List.of(RpcCode.values());
  private static final Caller GATEWAY = new Caller("gateway", "default");
  private static final Caller SEARCH = new Caller("search", "default");

  private final AtomicLong clock = new AtomicLong(-5_000);
  private final Capacity capacity = limitedTo(10);

  @Test
  void batchIsRefusedFirstThenTheRestAndWhatIsCriticalLast() {
    Map<Priority, Integer> let = new EnumMap<>(Priority.class);
    for (Priority priority : List.of(Priority.BATCH, Priority.DEFAULT, Priority.CRITICAL)) {
      int count = 0;
      while (enter(priority, GATEWAY) != null) {
        count++;
      }
      let.put(priority, count);
    }

    assertThat(let)
        .containsEntry(Priority.BATCH, 5)
        .containsEntry(Priority.DEFAULT, 3)
        .containsEntry(Priority.CRITICAL, 2);
    assertThat(capacity.inFlight()).isEqualTo(10);
  }

  @Test
  void whatIsCriticalTakesRoomFromTheOthersToo() {
    for (int i = 0; i < 8; i++) {
      assertThat(enter(Priority.CRITICAL, GATEWAY)).isNotNull();
    }

    assertThat(enter(Priority.DEFAULT, GATEWAY)).isNull();
    assertThat(enter(Priority.BATCH, GATEWAY)).isNull();
  }

  @Test
  void theSmallestLimitStillLetsOneInOfEachPriority() {
    for (Priority priority : Priority.values()) {
      Capacity tiny = limitedTo(1);
      assertThat(tiny.enter(tiny.rank(priority), tiny.share(GATEWAY), 1)).isNotNull();
    }
  }

  @Test
  void aCallerAloneMayFillEverything() {
    for (int i = 0; i < 8; i++) {
      assertThat(enter(Priority.DEFAULT, GATEWAY)).isNotNull();
    }
  }

  @Test
  void aCallerGetsNoMoreThanItsShareWhileAnotherWantsRoom() {
    Deque<Permit> held = fill(GATEWAY, 8);
    assertThat(enter(Priority.DEFAULT, SEARCH)).isNull();

    held.remove().release(RpcCode.OK);
    assertThat(enter(Priority.DEFAULT, GATEWAY)).isNull();
    assertThat(enter(Priority.DEFAULT, SEARCH)).isNotNull();
  }

  @Test
  void aCallerMayBorrowAgainOnceNobodyHasWantedRoomForASecond() {
    Deque<Permit> held = fill(GATEWAY, 8);
    assertThat(enter(Priority.DEFAULT, SEARCH)).isNull();
    held.remove().release(RpcCode.OK);

    clock.addAndGet(Duration.ofMillis(999).toNanos());
    assertThat(enter(Priority.DEFAULT, GATEWAY)).isNull();
    clock.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(enter(Priority.DEFAULT, GATEWAY)).isNotNull();
  }

  @Test
  void whoWantsRoomForWhatMattersLessTakesNoneFromWhatMattersMore() {
    Deque<Permit> held = fill(GATEWAY, 8);
    assertThat(enter(Priority.BATCH, SEARCH)).isNull();
    held.remove().release(RpcCode.OK);

    assertThat(enter(Priority.DEFAULT, GATEWAY)).isNotNull();
  }

  @Test
  void whoWantsRoomForWhatMattersMoreTakesItFromWhatMattersLess() {
    Deque<Permit> held = fill(GATEWAY, 8);
    fillCritical(GATEWAY, 2);
    assertThat(enter(Priority.CRITICAL, SEARCH)).isNull();
    for (int i = 0; i < 3; i++) {
      held.remove().release(RpcCode.OK);
    }

    assertThat(enter(Priority.DEFAULT, GATEWAY)).isNull();
  }

  @Test
  void withoutALimitNothingIsCountedOrRefused() {
    capacity.limit(null);
    for (int i = 0; i < 1_000; i++) {
      assertThat(enter(Priority.BATCH, GATEWAY)).isSameAs(Permit.FREE);
    }
    assertThat(capacity.inFlight()).isZero();
  }

  @Test
  void whatIsInFlightIsCountedOnUnderAnotherLimit() {
    Deque<Permit> held = fill(GATEWAY, 8);
    capacity.limit(new AdaptiveLimit(new Bounds(5, 5, 5)));

    assertThat(enter(Priority.CRITICAL, GATEWAY)).isNull();
    held.forEach(permit -> permit.release(RpcCode.OK));
    assertThat(capacity.inFlight()).isZero();
    assertThat(enter(Priority.CRITICAL, GATEWAY)).isNotNull();
  }

  @Test
  void itSaysHowItStands() {
    fill(GATEWAY, 8);
    assertThat(enter(Priority.DEFAULT, SEARCH)).isNull();

    assertThat(capacity.describe())
        .contains("limit 10, learned between 10 and 10")
        .contains("in flight 8: gateway/default 8")
        .contains("CRITICAL 0, let in up to 10 of 10 in all (100%), 0 refused so far")
        .contains("DEFAULT 8, let in up to 8 of 10 in all (80%), 1 refused so far")
        .contains("BATCH 0, let in up to 5 of 10 in all (50%), 0 refused so far");
  }

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

  private Capacity limitedTo(int requests) {
    var limited = new Capacity(clock::get);
    limited.limit(new AdaptiveLimit(new Bounds(requests, requests, requests)));
    return limited;
  }

  private @Nullable Permit enter(Priority priority, Caller caller) {
    return capacity.enter(capacity.rank(priority), capacity.share(caller), 50);
  }

  private Deque<Permit> fill(Caller caller, int requests) {
    return fill(Priority.DEFAULT, caller, requests);
  }

  private void fillCritical(Caller caller, int requests) {
    fill(Priority.CRITICAL, caller, requests);
  }

  private Deque<Permit> fill(Priority priority, Caller caller, int requests) {
    Deque<Permit> held = new ArrayDeque<>();
    for (int i = 0; i < requests; i++) {
      Permit permit = enter(priority, caller);
      assertThat(permit).isNotNull();
      held.add(permit == null ? Permit.FREE : permit);
    }
    return held;
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
