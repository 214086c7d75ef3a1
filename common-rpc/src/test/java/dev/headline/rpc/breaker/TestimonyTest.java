package dev.headline.rpc.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class TestimonyTest {

  private static final long LONG_ENOUGH = Testimony.HASTE.toNanos();

  @ParameterizedTest
  @EnumSource(
      names = {
        "INVALID_ARGUMENT",
        "NOT_FOUND",
        "ALREADY_EXISTS",
        "PERMISSION_DENIED",
        "FAILED_PRECONDITION",
        "ABORTED",
        "OUT_OF_RANGE",
        "UNAUTHENTICATED"
      })
  void aBusinessErrorIsAnAnswer(RpcCode code) {
    assertThat(after(LONG_ENOUGH, code)).isEqualTo(Testimony.FOR);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "UNKNOWN",
        "DEADLINE_EXCEEDED",
        "UNIMPLEMENTED",
        "INTERNAL",
        "UNAVAILABLE",
        "DATA_LOSS",
        "RESOURCE_EXHAUSTED"
      })
  void aFaultIsAFault(RpcCode code) {
    assertThat(after(LONG_ENOUGH, code)).isEqualTo(Testimony.AGAINST);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "OK")
  void aBusinessErrorIsWhatDoesNotSpeakAgainstTheCallee(RpcCode code) {
    boolean answered = after(LONG_ENOUGH, code) == Testimony.FOR;

    assertThat(answered).isEqualTo(!code.isFault() && code != RpcCode.CANCELLED);
  }

  @Test
  void aCancelledCallSaysNothing() {
    assertThat(after(LONG_ENOUGH, RpcCode.CANCELLED)).isEqualTo(Testimony.NONE);
  }

  @Test
  void aServerThatShedsLoadIsNotAtFault() {
    var shed = RpcException.refused(RpcCode.RESOURCE_EXHAUSTED, "Busy");

    assertThat(Testimony.of(shed, LONG_ENOUGH)).isEqualTo(Testimony.NONE);
  }

  @Test
  void anInstanceThatCannotBeReachedIsAtFault() {
    var unreachable = RpcException.refused(RpcCode.UNAVAILABLE, "Connection refused");

    assertThat(Testimony.of(unreachable, 1)).isEqualTo(Testimony.AGAINST);
  }

  @Test
  void aTimeoutThatCameAtOnceIsTheCallersHaste() {
    long hasty = Duration.ofMillis(4).toNanos();

    assertThat(after(hasty, RpcCode.DEADLINE_EXCEEDED)).isEqualTo(Testimony.NONE);
  }

  private static Testimony after(long nanos, RpcCode code) {
    return Testimony.of(new RpcException(code, "As the test wants it"), nanos);
  }
}
