package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.RpcCode;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.BreakerPolicy;
import dev.headline.rpc.policy.BudgetPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.EjectionPolicy;
import dev.headline.rpc.policy.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A backend fails every call; what is sent to it must not multiply. */
class FailingBackendTest {

  private static final Duration BUDGET = Guards.ALL.timeout().total();

  /** What breakers would prevent, the budget has to prevent alone. */
  private static final CallPolicy RETRYING =
      Guards.ALL.with(new BreakerPolicy.Off()).with(new EjectionPolicy.Off());

  /** Three attempts more for every call, as if each were free. */
  private static final CallPolicy LAVISH =
      RETRYING
          .with(new RetryPolicy.Backoff(3, Duration.ofMillis(10), Duration.ofMillis(100)))
          .with(new BudgetPolicy(100, 1_000));

  private static Fleet fleet;
  private final LocalDirectory directory = LocalDirectory.alone();

  @BeforeAll
  static void start() {
    fleet = Fleet.of(2);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @BeforeEach
  void heal() {
    fleet.behave(Behaviour.prompt());
    fleet.all().forEach(process -> directory.register(process.instance()));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void readsAreTriedAgainWithinTheBudget() {
    try (UserClient client = new UserClient(directory, RETRYING)) {
      client.awaitAnswersOf(fleet.all());
      assertThat(attemptsForEach(client::ask)).isGreaterThan(1).isLessThanOrEqualTo(1.15);
    }
  }

  @Test
  void aWriteThatMayHaveRunIsNeverTriedAgain() {
    try (UserClient client = new UserClient(directory, LAVISH)) {
      client.awaitAnswersOf(fleet.all());
      assertThat(attemptsForEach(client::write)).isEqualTo(1);
    }
  }

  @Test
  void withoutABudgetOneCallBecomesSeveral() {
    try (UserClient client = new UserClient(directory, LAVISH)) {
      client.awaitAnswersOf(fleet.all());
      assertThat(attemptsForEach(client::ask)).isGreaterThan(1.5);
    }
  }

  @Test
  void overThreeHopsTheBudgetsDoNotMultiply() throws IOException {
    try (Hops hops = new Hops(directory, RETRYING)) {
      hops.first().awaitAnswersOf(fleet.all());
      assertThat(attemptsForEach(hops.first()::ask)).isLessThanOrEqualTo(1.2);
      assertThat(hops.retriesOfRetries()).isZero();
    }
  }

  @Test
  void withoutABudgetThreeHopsMultiplyWhatOneSends() throws IOException {
    try (Hops hops = new Hops(directory, LAVISH)) {
      hops.first().awaitAnswersOf(fleet.all());
      assertThat(attemptsForEach(hops.first()::ask)).isGreaterThan(1.5);
    }
  }

  /** How many attempts the failing backend sees for each call that a user makes. */
  private static double attemptsForEach(IntFunction<String> call) {
    fleet.behave(Behaviour.prompt().failing(RpcCode.UNAVAILABLE));
    Counts before = fleet.counts();
    LoadResult result = Conclusive.keptUp(new OpenLoop(200, 400, BUDGET).run(call));
    assertThat(result.answeredInTime()).as("answers of a backend that fails").isZero();
    return (double) fleet.counts().since(before).begun() / result.count();
  }
}
