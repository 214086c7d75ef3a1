package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.awaitility.core.ConditionFactory;

/** What a router has counted, and waiting until that goes on. */
final class RouteCounts {

  private final SimpleMeterRegistry meters;

  RouteCounts(SimpleMeterRegistry meters) {
    this.meters = meters;
  }

  double chosen(String endpoint, String reason) {
    return count("headline.data.route", endpoint, reason);
  }

  double skipped(String endpoint, String reason) {
    return count("headline.data.route.skipped", endpoint, reason);
  }

  double node(String what, String endpoint) {
    return meters.get("headline.data.node." + what).tag("endpoint", endpoint).gauge().value();
  }

  /** All is well before the fault. */
  void baseline(Readers readers) {
    more(readers);
    assertThat(readers.failed()).as("before the fault: %s", readers).isZero();
    assertThat(chosen("replica-1", "read")).isPositive();
  }

  /** Waits until many more reads are answered. */
  static void more(Readers readers) {
    long before = readers.answered();
    soon().until(() -> readers.answered() > before + 1_500);
  }

  void usedAgain(String endpoint) {
    double before = chosen(endpoint, "read");
    soon().until(() -> chosen(endpoint, "read") > before + 100);
  }

  static void assertHolds(Readers readers) {
    assertThat(readers.share()).as("%s", readers).isGreaterThanOrEqualTo(0.999);
    assertThat(readers.longest())
        .as("%s", readers)
        .isLessThan(Readers.BUDGET.multipliedBy(11).dividedBy(10).plusMillis(250));
  }

  static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
  }

  private double count(String name, String endpoint, String reason) {
    Counter counter = meters.find(name).tags("endpoint", endpoint, "reason", reason).counter();
    return counter == null ? 0 : counter.count();
  }
}
