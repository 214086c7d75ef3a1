package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class RequestContextTest {

  private static final Caller GATEWAY = new Caller("gateway", "default");
  private static final Duration LONG = Duration.ofSeconds(20);

  @Test
  void aForkHasTheCallerAndTheDeadlineOfItsRequest() {
    try (var request = RequestContext.open(GATEWAY, LONG)) {
      Fork<RequestContext> fork = request.context().fork(RequestContext::current);

      assertThat(fork.join().caller()).isEqualTo(GATEWAY);
      assertThat(fork.join().deadline()).isEqualTo(request.context().deadline());
    }
  }

  @Test
  void joiningAForkThrowsWhatItThrew() {
    Fork<String> fork =
        RequestContext.current()
            .fork(
                () -> {
                  throw new IllegalStateException("broken");
                });

    assertThatThrownBy(fork::join).isInstanceOf(IllegalStateException.class).hasMessage("broken");
  }

  @Test
  void joiningStopsWaitingWhenTheRequestIsCancelledAndInterruptsNobody() {
    var interrupted = new AtomicBoolean();
    var release = new CountDownLatch(1);
    try (var request = RequestContext.open(GATEWAY, LONG)) {
      Fork<Boolean> fork = request.context().fork(() -> waitFor(release, interrupted));
      request.cancel("The client has left");

      assertThatThrownBy(fork::join)
          .isInstanceOfSatisfying(
              RpcException.class, e -> assertThat(e.code()).isEqualTo(RpcCode.CANCELLED));
    }
    release.countDown();
    assertThat(interrupted).isFalse();
  }

  @Test
  void theDeadlineCancelsByItself() {
    try (var request = RequestContext.open(GATEWAY, Duration.ofMillis(20))) {
      var told = new AtomicBoolean();
      try (var _ = request.context().onCancel(() -> told.set(true))) {
        Awaitility.await().untilTrue(told);
      }
      assertThat(request.context().failure().code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void aPartOfARequestNeverHasMoreTimeThanTheWhole() {
    try (var request = RequestContext.open(GATEWAY, Duration.ofSeconds(1));
        var part = request.context().within(LONG)) {
      assertThat(part.context().deadline()).isEqualTo(request.context().deadline());
    }
  }

  @Test
  void aPartThatEndsLeavesTheWholeAlone() {
    try (var request = RequestContext.open(GATEWAY, LONG)) {
      try (var part = request.context().within(Duration.ofSeconds(1))) {
        part.cancel("Not needed");
        assertThat(part.context().isCancelled()).isTrue();
      }
      assertThat(request.context().isCancelled()).isFalse();
    }
  }

  private static boolean waitFor(CountDownLatch latch, AtomicBoolean interrupted) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      interrupted.set(true);
    }
    return true;
  }
}
