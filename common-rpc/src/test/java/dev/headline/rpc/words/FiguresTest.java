package dev.headline.rpc.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({"117000000, 117.0 ms", "49999, 0.0 ms", "50001, 0.1 ms", "-5000000, -5.0 ms"})
  void timesThatAreComparedAreAllInMilliseconds(long nanos, String said) {
    assertThat(Figures.millis(nanos)).isEqualTo(said);
    assertThat(Figures.millis(Duration.ofNanos(nanos))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"10000, 10 s", "7940, 7.9 s", "1000, 1 s", "999, 999 ms", "0, 0 ms", "-1, 0 ms"})
  void aSpanIsSaidInTheUnitThatFits(long millis, String said) {
    assertThat(Figures.span(Duration.ofMillis(millis))).isEqualTo(said);
  }

  @ParameterizedTest
  @CsvSource({"3, 87, 3.4 %", "1, 2, 50 %", "0, 0, 0 %"})
  void aShareOfNothingIsNothing(int part, int whole, String said) {
    assertThat(Figures.share(part, whole)).isEqualTo(said);
  }

  @Test
  void aFigureIsTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Figures.millis(1_500_000)).isEqualTo("1.5 ms");
      assertThat(Figures.percent(3.4)).isEqualTo("3.4 %");
    } finally {
      Locale.setDefault(before);
    }
  }
}
