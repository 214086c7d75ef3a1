package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.Priority;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.server.AdaptiveLimit.Bounds;
import java.time.Duration;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who gets the room that there is. */
class CapacityTest extends LimitOfTen {

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
}
