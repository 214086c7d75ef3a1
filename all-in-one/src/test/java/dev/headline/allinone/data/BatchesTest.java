package dev.headline.allinone.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BatchesTest {

  private static final List<Integer> TEN = IntStream.range(0, 10).boxed().toList();

  private final StringWriter shown = new StringWriter();
  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

  @Test
  void everyItemIsSentOnceInBatchesOfAtMostTheSizeGiven() {
    List<List<Integer>> sent = Collections.synchronizedList(new ArrayList<>());
    Outcome outcome =
        batches(1)
            .send(
                "items",
                TEN,
                4,
                batch -> {
                  sent.add(batch);
                  return 1;
                });
    assertThat(sent).containsExactly(List.of(0, 1, 2, 3), List.of(4, 5, 6, 7), List.of(8, 9));
    assertThat(outcome).isEqualTo(new Outcome("items", 10, 3, 0, List.of()));
    assertThat(outcome.existing()).isEqualTo(7);
  }

  @Test
  void asManyBatchesAreUnderWayAsAllowedAndNoMore() {
    var together = new CountDownLatch(3);
    var now = new AtomicInteger();
    var most = new AtomicInteger();
    batches(3)
        .send(
            "items",
            TEN,
            1,
            _ -> {
              most.accumulateAndGet(now.incrementAndGet(), Math::max);
              together.countDown();
              await(together);
              return now.getAndDecrement() > 0 ? 1 : 0;
            });
    assertThat(most).hasValue(3);
  }

  @Test
  void aPassingFailureIsTriedAgainWithLongerAndLongerPauses() {
    var attempts = new AtomicInteger();
    Outcome outcome =
        batches(1)
            .send(
                "items",
                TEN,
                10,
                batch -> {
                  if (attempts.incrementAndGet() < 4) {
                    throw new RpcException(RpcCode.UNAVAILABLE, "restarting");
                  }
                  return batch.size();
                });
    assertThat(outcome).isEqualTo(new Outcome("items", 10, 10, 0, List.of()));
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(200), Duration.ofMillis(400), Duration.ofMillis(800));
  }

  @Test
  void aFailureThatDoesNotPassIsReportedOnceWithItsReason() {
    Outcome outcome =
        batches(1)
            .send(
                "items",
                TEN,
                1,
                _ -> {
                  throw new RpcException(RpcCode.UNAVAILABLE, "nobody there");
                });
    assertThat(outcome)
        .isEqualTo(new Outcome("items", 10, 0, 10, List.of("UNAVAILABLE: nobody there")));
    assertThat(pauses).hasSize(60);
  }

  @Test
  void aRefusalIsNotTriedAgainAndTheOtherBatchesGoIn() {
    Outcome outcome =
        batches(2)
            .send(
                "items",
                TEN,
                5,
                batch -> {
                  if (batch.contains(0)) {
                    throw new RpcException(RpcCode.INVALID_ARGUMENT, "no");
                  }
                  return 5;
                });
    assertThat(outcome).isEqualTo(new Outcome("items", 10, 5, 5, List.of("INVALID_ARGUMENT: no")));
    assertThat(pauses).isEmpty();
  }

  @Test
  void progressSaysHowMuchHowFastAtMostOnceASecond() {
    batches(1)
        .send(
            "items",
            TEN,
            1,
            _ -> {
              nanos.addAndGet(Duration.ofMillis(250).toNanos());
              return 1;
            });
    assertThat(shown.toString().lines())
        .containsExactly(
            "items       40 %          4 of 10  4 a second",
            "items       80 %          8 of 10  4 a second",
            "items      100 %         10 of 10  4 a second");
  }

  private Batches batches(int inFlight) {
    return new Batches(inFlight, pauses::add, new Progress(new PrintWriter(shown), nanos::get));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
