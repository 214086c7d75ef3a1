package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.discovery.Registry;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.RoutePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release is switched from one cluster to another under load, first for some calls, then all. */
class BlueGreenSwitchTest {

  private static final Duration BUDGET = Guards.NONE.timeout().total();

  /** Clients that are not told otherwise call it. */
  private static final String BLUE = "default";

  private static final String GREEN = "green";

  private static final Behaviour WORK = Behaviour.working(Duration.ofMillis(20));

  private static Fleet blue;
  private static Fleet green;

  private final LocalDirectory directory = LocalDirectory.alone();
  private final List<Registry.Registration> registrations = new ArrayList<>();

  @BeforeAll
  static void start() {
    blue = Fleet.of(1);
    green = Fleet.start(1, GREEN, List.of("headline.rpc.directory=local"));
  }

  @AfterAll
  static void stop() {
    blue.close();
    green.close();
  }

  @BeforeEach
  void tellOfInstances() {
    if (!blue.get(1).isAlive()) {
      blue.get(1).startAgain();
    }
    blue.behave(WORK);
    green.behave(WORK);
    blue.all().forEach(process -> registrations.add(directory.register(process.instance())));
    green.all().forEach(process -> directory.register(process.instance()));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void callsAreSplitByWeightAndSwitchedWithoutAFailure() {
    Release release = release(1_100, split(0, 100), this::leave);
    LoadResult result = Conclusive.keptUp(release.result);

    assertThat(result.failures()).as(result::toString).isEmpty();
    assertThat(release.split.share(green.get(1).id()))
        .as(release.split::toString)
        .isCloseTo(0.2, within(0.03));
    assertThat(release.switched.share(green.get(1).id()))
        .as(release.switched::toString)
        .isEqualTo(1);
  }

  @Test
  void withoutTheSwitchCallsGoOnToTheOldClusterAndFailWhenItIsKilled() {
    Release release = release(150, split(80, 20), blue.get(1)::kill);

    assertThat(release.switched.share(green.get(1).id()))
        .as(release.switched::toString)
        .isLessThan(0.5);
    assertThat(release.result.failures()).as(release.result::toString).isNotEmpty();
  }

  /**
   * A load that is split, then governed by another rule, and of which the old cluster then leaves.
   *
   * @param calls how many are split before the other rule
   * @param rule the other one
   * @param end how the old cluster leaves
   */
  private Release release(int calls, CallPolicy rule, Runnable end) {
    try (UserClient client = new UserClient(directory, Guards.NONE)) {
      client.awaitAnswersOf(blue.all());
      Conclusive.baseline(new OpenLoop(200, 100, BUDGET), client::ask);
      client.govern(split(0, 1));
      client.awaitAnswersOf(green.all());

      OpenLoop.Running load = new OpenLoop(300, 10_000, BUDGET).start(client::ask);
      client.govern(split(80, 20));
      int splitFrom = load.sent() + 1;
      load.awaitSent(splitFrom + calls);
      client.govern(rule);
      int switchedFrom = load.sent() + 1;
      load.awaitSent(switchedFrom + 150);
      end.run();
      load.awaitSent(load.sent() + 150);
      LoadResult result = load.end();
      assertThat(result.count()).as("the load outlasts the release").isLessThan(10_000);
      // While both clusters still serve: afterwards there would be no other to go to.
      return new Release(
          result,
          result.part(splitFrom, splitFrom + calls),
          result.part(switchedFrom, switchedFrom + 150));
    }
  }

  private void leave() {
    registrations.forEach(Registry.Registration::close);
  }

  @Test
  void withoutARuleNothingGoesToTheOtherCluster() {
    try (UserClient client = new UserClient(directory, Guards.NONE)) {
      client.awaitAnswersOf(blue.all());
      LoadResult result = new OpenLoop(200, 200, BUDGET).run(client::ask);

      assertThat(result.share(green.get(1).id())).as(result::toString).isZero();
    }
  }

  private static CallPolicy split(int toBlue, int toGreen) {
    return Guards.NONE.with(new RoutePolicy(Map.of(BLUE, toBlue, GREEN, toGreen), Map.of()));
  }

  /**
   * What became of a release.
   *
   * @param result of all calls
   * @param split of those that were sent while the load was split
   * @param switched of those that were sent after the last rule, and before the old cluster left
   */
  private record Release(LoadResult result, LoadResult split, LoadResult switched) {}
}
