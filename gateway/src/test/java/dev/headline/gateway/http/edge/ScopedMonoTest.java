package dev.headline.gateway.http.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Until when a request counts as being answered. */
class ScopedMonoTest {

  private final AtomicInteger over = new AtomicInteger();

  @Test
  void anAnswerIsOverOnceItIsTaken() {
    Integer overBefore =
        ScopedMono.of(ScopedMonoTest::scope, () -> "answer", Runnable::run, over::incrementAndGet)
            .map(_ -> over.get())
            .block();

    assertThat(overBefore).isZero();
    await().until(() -> over.get() == 1);
  }

  @Test
  void aFailureIsOverOnce() {
    Supplier<String> fails =
        () -> {
          throw new IllegalStateException("no answer");
        };

    assertThatThrownBy(
            () ->
                ScopedMono.of(ScopedMonoTest::scope, fails, Runnable::run, over::incrementAndGet)
                    .block())
        .hasMessage("no answer");
    await().until(() -> over.get() == 1);
  }

  @Test
  void soIsWhatCouldNotBegin() {
    Supplier<Scope> closed =
        () -> {
          throw new IllegalStateException("no scope");
        };

    assertThatThrownBy(
            () ->
                ScopedMono.of(closed, () -> "answer", Runnable::run, over::incrementAndGet).block())
        .hasMessage("no scope");
    assertThat(over).hasValue(1);
  }

  @Test
  void andWhatFindsNobodyToTakeIt() {
    Executor gone =
        _ -> {
          throw new RejectedExecutionException("closed");
        };

    var _ =
        ScopedMono.of(ScopedMonoTest::scope, () -> "answer", gone, over::incrementAndGet)
            .subscribe();

    await().until(() -> over.get() == 1);
  }

  private static Scope scope() {
    return RequestContext.open(Caller.UNKNOWN, Duration.ofSeconds(20));
  }
}
