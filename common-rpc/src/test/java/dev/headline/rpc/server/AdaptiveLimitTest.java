package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.server.AdaptiveLimit.Bounds;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AdaptiveLimitTest {

  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  private final AdaptiveLimit limit = new AdaptiveLimit(new Bounds(20, 10, 1_000));
  private long now = 1;

  @Test
  void itGrowsWhileRequestsTakeWhatTheyUsuallyDo() {
    run(500, 10 * MILLI, RpcCode.OK);

    assertThat(limit.now()).isGreaterThan(200);
  }

  @Test
  void itDoesNotGrowWhileTheServerIsHalfIdle() {
    for (int i = 0; i < 10_000; i++) {
      sample(5, 10 * MILLI, RpcCode.OK);
    }

    assertThat(limit.now()).isEqualTo(20);
  }

  @Test
  void itShrinksWhenRequestsTakeLongerAndGrowsAgainWhenThatIsOver() {
    run(300, 10 * MILLI, RpcCode.OK);
    int before = limit.now();
    run(40, 100 * MILLI, RpcCode.OK);
    int during = limit.now();
    run(300, 10 * MILLI, RpcCode.OK);

    assertThat(during).isLessThan(before / 4);
    assertThat(limit.now()).isGreaterThan(before / 2);
  }

  @Test
  void requestsThatAreGivenUpLateCountAsSlowOnes() {
    run(300, 10 * MILLI, RpcCode.OK);
    int before = limit.now();
    run(40, 100 * MILLI, RpcCode.DEADLINE_EXCEEDED);

    assertThat(limit.now()).isLessThan(before / 4);
  }

  @Test
  void requestsThatAreGivenUpEarlySayNothing() {
    run(300, 10 * MILLI, RpcCode.OK);
    int before = limit.now();
    run(100, MILLI, RpcCode.CANCELLED);

    assertThat(limit.now()).isEqualTo(before);
  }

  @Test
  void whatIsRefusedForItsQuestionSaysNothing() {
    run(300, 10 * MILLI, RpcCode.OK);
    int before = limit.now();
    run(100, 900 * MILLI, RpcCode.NOT_FOUND);

    assertThat(limit.now()).isEqualTo(before);
  }

  @Test
  void itStaysWithinItsBounds() {
    var narrow = new AdaptiveLimit(new Bounds(20, 15, 25));
    for (int i = 0; i < 20_000; i++) {
      narrow.ended(now += MILLI, i % 4_000 < 2_000 ? MILLI : 500 * MILLI, 25, RpcCode.OK);
      assertThat(narrow.now()).isBetween(15, 25);
    }
  }

  /** So many windows of a server that is full. */
  private void run(int windows, long took, RpcCode outcome) {
    for (int i = 0; i < windows; i++) {
      for (int n = 0; n < 20; n++) {
        sample(limit.now(), took, outcome);
      }
      now += TimeUnit.SECONDS.toNanos(1);
    }
  }

  private void sample(int inFlight, long took, RpcCode outcome) {
    now += MILLI;
    limit.ended(now, took, inFlight, outcome);
  }
}
