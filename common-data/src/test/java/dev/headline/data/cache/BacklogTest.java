package dev.headline.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.data.WalPosition;
import dev.headline.data.cache.Backlog.Owed;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static final WalPosition EARLY = new WalPosition(10);
  private static final WalPosition LATE = new WalPosition(20);

  private final Backlog<String> backlog = new Backlog<>(2);

  @Test
  void ofAKeyTheLatestWriteIsOwed() {
    backlog.add(List.of("a", "b"), LATE);
    backlog.add(List.of("a"), EARLY);

    assertThat(backlog.owed().positions()).isEqualTo(Map.of("a", LATE, "b", LATE));
  }

  @Test
  void whatComesWhileItIsToldIsStillOwed() {
    backlog.add(List.of("a", "b"), EARLY);
    Owed<String> told = backlog.owed();
    backlog.add(List.of("a"), LATE);

    backlog.settle(told);

    assertThat(backlog.owed().positions()).isEqualTo(Map.of("a", LATE));
    backlog.settle(backlog.owed());
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void pastItsBoundEverythingIsOwed() {
    backlog.add(List.of("a", "b"), LATE);
    backlog.add(List.of("c"), EARLY);

    Owed<String> owed = backlog.owed();

    assertThat(owed.overflows()).isPositive();
    assertThat(owed.floor()).isEqualTo(LATE);
    assertThat(owed.positions()).isEmpty();
    backlog.settle(owed);
    assertThat(backlog.isEmpty()).isTrue();
  }

  @Test
  void anEpochThatBeganBeforeAWriteIsNotEnoughForIt() {
    backlog.add(List.of("a", "b", "c"), EARLY);
    Owed<String> told = backlog.owed();
    backlog.add(List.of("d"), LATE);

    backlog.settle(told);

    assertThat(backlog.isEmpty()).isFalse();
    assertThat(backlog.owed().floor()).isEqualTo(LATE);
  }
}
