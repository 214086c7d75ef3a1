package dev.headline.rpc.transport;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.Context;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WheelTest {

  private final Wheel wheel = Wheel.SHARED;

  @Test
  void workIsDoneOnceItIsDueAndNotBefore() throws Exception {
    long start = System.nanoTime();

    ScheduledFuture<Long> due = wheel.schedule(System::nanoTime, 30, MILLISECONDS);

    assertThat(due.get(10, SECONDS) - start).isGreaterThanOrEqualTo(MILLISECONDS.toNanos(30));
  }

  @Test
  void workThatIsTakenBackIsNotDone() throws Exception {
    var done = new CompletableFuture<String>();
    var later = new CompletableFuture<String>();

    ScheduledFuture<?> due = wheel.schedule(() -> done.complete("done"), 20, MILLISECONDS);
    due.cancel(false);
    var _ = wheel.schedule(() -> later.complete("later"), 60, MILLISECONDS);

    assertThat(later.get(10, SECONDS)).isEqualTo("later");
    assertThat(done).isNotDone();
    assertThat(due.isCancelled()).isTrue();
  }

  @Test
  void whatIsTakenBackTakesNoPlace() {
    var own = new Wheel();
    var timers = IntStream.range(0, 1_000).mapToObj(_ -> own.schedule(() -> {}, 1, DAYS)).toList();
    assertThat(own.size()).isEqualTo(1_000);

    timers.forEach(timer -> timer.cancel(false));

    await().until(() -> own.size() == 0);
  }

  @Test
  void aContextEndsAtItsDeadline() throws Exception {
    var over = new CompletableFuture<Throwable>();
    var context = Context.ROOT.withDeadline(Deadline.after(20, MILLISECONDS), wheel);
    context.addListener(ended -> over.complete(ended.cancellationCause()), Runnable::run);

    assertThat(over.get(10, SECONDS)).isInstanceOf(TimeoutException.class);
  }

  @Test
  void workThatFailsStopsNoOtherWork() throws Exception {
    wheel.in(
        () -> {
          throw new IllegalStateException("on purpose");
        },
        1,
        MILLISECONDS);

    assertThat(wheel.schedule(() -> "still there", 20, MILLISECONDS).get(10, SECONDS))
        .isEqualTo("still there");
  }
}
