package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

  @Test
  void aListMayBeAsLongAsItsLimit() {
    assertThatCode(() -> Arguments.atMost(3, 3, "ids")).doesNotThrowAnyException();
    assertRefused(() -> Arguments.atMost(3, 4, "ids"), "ids may have at most 3 entries, but has 4");
  }

  @Test
  void anIdIsPositive() {
    assertThatCode(() -> Arguments.id(1, "id")).doesNotThrowAnyException();
    assertRefused(() -> Arguments.id(0, "id"), "id must be positive, but is 0");
    assertRefused(() -> Arguments.id(-1, "id"), "id must be positive, but is -1");
  }

  @Test
  void aTextIsMeasuredInCharactersNotCodeUnits() {
    assertThatCode(() -> Arguments.text("🦊🦊", 2, 2, "title")).doesNotThrowAnyException();
    assertRefused(
        () -> Arguments.text("", 1, 2, "title"), "title must have 1 to 2 characters, but has 0");
    assertRefused(
        () -> Arguments.text("🦊🦊🦊", 1, 2, "title"),
        "title must have 1 to 2 characters, but has 3");
  }

  @Test
  void aTextWithANulIsRefused() {
    assertRefused(() -> Arguments.text("a\0b", 1, 9, "title"), "title must not contain NUL");
  }

  @Test
  void aLimitOfZeroIsTheStandard() {
    assertThat(Arguments.limit(0, 20, 100, "limit")).isEqualTo(20);
    assertThat(Arguments.limit(1, 20, 100, "limit")).isEqualTo(1);
    assertThat(Arguments.limit(100, 20, 100, "limit")).isEqualTo(100);
    assertRefused(
        () -> Arguments.limit(101, 20, 100, "limit"),
        "limit must be 1 to 100, or 0 for 20, but is 101");
    assertRefused(
        () -> Arguments.limit(-1, 20, 100, "limit"),
        "limit must be 1 to 100, or 0 for 20, but is -1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999999Z"})
  void aTimeIsInTheYears1To9999(Instant moment) {
    assertThat(Arguments.time(moment.getEpochSecond(), moment.getNano(), "at")).isEqualTo(moment);
  }

  @ParameterizedTest
  @CsvSource({"-62135596801, 0", "253402300800, 0", "0, -1", "0, 1000000000"})
  void anyOtherTimeIsRefused(long seconds, int nanos) {
    assertRefused(() -> Arguments.time(seconds, nanos, "at"), "at must be in the years 1 to 9999");
  }

  private static void assertRefused(ThrowingCallable check, String sentence) {
    assertThatExceptionOfType(RpcException.class)
        .isThrownBy(check)
        .withMessage(sentence)
        .satisfies(refused -> assertThat(refused.code()).isEqualTo(RpcCode.INVALID_ARGUMENT));
  }
}
