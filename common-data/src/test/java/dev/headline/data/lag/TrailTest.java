package dev.headline.data.lag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.data.WalPosition;
import org.junit.jupiter.api.Test;

class TrailTest {

  private static final WalPosition END = at(Long.MAX_VALUE);

  private final Trail trail = Trail.EMPTY.then(at(100), 1_000).then(at(200), 2_000);

  @Test
  void itKnowsWhereThePrimaryWasAtATime() {
    assertThat(trail.at(2_500)).isEqualTo(at(200));
    assertThat(trail.at(1_500)).isEqualTo(at(100));
    assertThat(trail.at(500)).isEqualTo(WalPosition.START);
  }

  @Test
  void aReplicaIsLateSinceThePrimaryWasFirstSeenBeyondIt() {
    assertThat(trail.beyond(at(50), END, 2_500)).isEqualTo(1_500);
    assertThat(trail.beyond(at(150), END, 2_500)).isEqualTo(500);
    assertThat(trail.beyond(at(200), END, 2_500)).isZero();
  }

  @Test
  void anIdlePrimaryMakesNobodyLate() {
    Trail idle = trail.then(at(200), 1_000_000);

    assertThat(idle.beyond(at(200), END, 1_000_000)).isZero();
    assertThat(idle.then(at(201), 1_000_100).beyond(at(200), END, 1_000_150)).isEqualTo(50);
  }

  @Test
  void aReplicaThatWasAskedBeforeIsNotLateForWhatCameAfter() {
    assertThat(trail.beyond(at(100), END, 1_900)).isZero();
  }

  @Test
  void whatNobodyHasMakesNobodyLate() {
    assertThat(trail.beyond(at(150), at(150), 9_000)).isZero();
  }

  @Test
  void anotherPrimaryBeginsAnew() {
    Trail other = trail.then(at(150), 3_000);

    assertThat(other.at(2_500)).isEqualTo(WalPosition.START);
    assertThat(other.at(3_000)).isEqualTo(at(150));
  }

  @Test
  void itForgetsTheOldest() {
    Trail longest = Trail.EMPTY;
    for (int i = 1; i <= 100; i++) {
      longest = longest.then(at(i), i);
    }
    assertThat(longest.at(100)).isEqualTo(at(100));
    assertThat(longest.at(37)).isEqualTo(at(37));
    assertThat(longest.at(36)).isEqualTo(WalPosition.START);
    assertThat(longest.beyond(at(1), END, 100)).isEqualTo(63);
  }

  private static WalPosition at(long bytes) {
    return new WalPosition(bytes);
  }
}
