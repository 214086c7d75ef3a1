package dev.headline.loadtest.experiment.child;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class OpenLoopTest {

  @Test
  void allCallsHaveEndedAndThoseThatFailAreCounted() {
    var asked = new AtomicInteger();
    var made = new AtomicInteger();
    Latencies latencies =
        OpenLoop.run(
            1_000,
            Duration.ofMillis(50),
            () -> {
              int number = asked.incrementAndGet();
              return () -> call(number, made);
            });
    assertThat(made).hasValue(50);
    assertThat(latencies.calls()).isEqualTo(50);
    assertThat(latencies.errors()).isEqualTo(5);
  }

  private static void call(int number, AtomicInteger made) {
    made.incrementAndGet();
    if (number % 10 == 0) {
      throw new IllegalStateException("Every tenth fails");
    }
  }
}
