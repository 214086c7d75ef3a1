package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.headline.rpc.Origin;
import dev.headline.rpc.Priority;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.RetryPolicy;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An instance is asked more than it can do, and then less again. */
class OverloadTest {

  private static final Duration BUDGET = Duration.ofMillis(400);
  private static final Behaviour WORK = Behaviour.working(Duration.ofMillis(20)).by(4);

  private static Fleet fleet;
  private static double capacity;
  private UserClient client;

  @BeforeAll
  static void start() {
    fleet = Fleet.of(1);
    fleet.behave(WORK);
  }

  @AfterAll
  static void stop() {
    fleet.close();
  }

  @BeforeEach
  void connect() {
    LocalDirectory directory = LocalDirectory.alone();
    directory.register(fleet.get(1).instance());
    client = new UserClient(directory, Guards.ALL);
    client.awaitAnswersOf(fleet.all());
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @Test
  void atTwiceItsCapacityItStillDoesNearlyAsMuchAsItCan() {
    double capacity = capacity();
    // How soon a refusal comes is asked of the server, and not of what its caller tries then.
    client.govern(Guards.ALL.with(new RetryPolicy.Off()));
    fleet.get(1).shed(true);
    Neighbours neighbours = Neighbours.watch();
    // So long that one critical call in a hundred is more than one call.
    OpenLoop overload = new OpenLoop(2 * capacity, (int) (10 * capacity), BUDGET);
    LoadResult result = Conclusive.keptUp(overload.run(this::askWithPriority));

    Conclusive.promised(
        neighbours::share,
        () -> {
          assertThat(goodput(result, overload)).as(result::toString).isGreaterThan(0.85 * capacity);
          assertThat(result.failuresWithin(BUDGET.dividedBy(10)))
              .as(result::toString)
              .isGreaterThanOrEqualTo(0.95);
          LoadResult critical = result.where(OverloadTest::isCritical);
          assertThat(critical.inTime()).as(critical::toString).isGreaterThanOrEqualTo(0.99);
        });
  }

  @Test
  void atTenTimesItsCapacityItStillDoesAndRecoversWithoutHelp() {
    double capacity = capacity();
    fleet.get(1).shed(true);
    Neighbours neighbours = Neighbours.watch();
    OpenLoop overload = new OpenLoop(10 * capacity, (int) (20 * capacity), BUDGET);
    LoadResult result = Conclusive.keptUp(overload.run(client::ask));
    LoadResult afterwards = new OpenLoop(0.75 * capacity, 500, BUDGET).run(client::ask);
    LoadResult recovered = Conclusive.keptUp(afterwards.part(200, 500));

    Conclusive.promised(
        neighbours::share,
        () -> {
          assertThat(goodput(result, overload)).as(result::toString).isGreaterThan(0.80 * capacity);
          assertThat(recovered.inTime()).as(recovered::toString).isGreaterThanOrEqualTo(0.98);
        });
  }

  @Test
  void withoutSheddingTwiceItsCapacityIsTheEndOfAllGoodput() {
    double capacity = capacity();
    client.govern(Guards.NONE);
    OpenLoop overload = new OpenLoop(2 * capacity, (int) (5 * capacity), BUDGET);
    LoadResult result = overload.run(client::ask);

    assertThat(goodput(result, overload)).as(result::toString).isLessThan(0.6 * capacity);
  }

  /**
   * How many calls it answers in a second when there is always one for each worker, and no more
   * than one that waits for each. Afterwards it is known to answer in time what it can bear, and
   * refuses nothing.
   */
  private double capacity() {
    fleet.get(1).shed(false);
    if (capacity == 0) {
      capacity = new ClosedLoop(2 * WORK.workers(), 25).perSecond(client::ask);
      assumeThat(capacity)
          .as("INCONCLUSIVE: this machine holds up work that takes no processor")
          .isGreaterThan(0.8 * WORK.capacity());
    }
    Conclusive.baseline(new OpenLoop(0.75 * capacity, 100, BUDGET), client::ask);
    return capacity;
  }

  private static double goodput(LoadResult result, OpenLoop load) {
    return result.answeredInTime() * load.perSecond() / result.count();
  }

  private String askWithPriority(int number) {
    Priority priority = isCritical(number) ? Priority.CRITICAL : Priority.DEFAULT;
    return RequestContext.current()
        .from(Origin.of(UserClient.GATEWAY).with(priority))
        .call(client::ask);
  }

  /** Every tenth. */
  private static boolean isCritical(int number) {
    return number % 10 == 0;
  }
}
