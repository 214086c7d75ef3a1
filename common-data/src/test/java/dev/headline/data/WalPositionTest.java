package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalPositionTest {

  @ParameterizedTest
  @ValueSource(strings = {"0/0", "16/B374D848", "0/1", "FFFFFFFF/FFFFFFFF"})
  void isWrittenAsItWasRead(String text) {
    assertThat(WalPosition.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "1/", "/1", "1/G", "1/2/3", "123456789/0", "-1/0"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> WalPosition.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theLaterOneHasReachedTheEarlier() {
    WalPosition earlier = WalPosition.parse("7/FFFFFFFF");
    WalPosition later = WalPosition.parse("8/0");

    assertThat(later.hasReached(earlier)).isTrue();
    assertThat(earlier.hasReached(later)).isFalse();
    assertThat(earlier.hasReached(earlier)).isTrue();
    assertThat(WalPosition.later(earlier, later)).isEqualTo(later);
  }

  @Test
  void positionsAreUnsigned() {
    assertThat(WalPosition.parse("FFFFFFFF/0").hasReached(WalPosition.parse("1/0"))).isTrue();
  }
}
