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
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;

/** A release is switched from one cluster to another under load, first for some calls, then all. */
class BlueGreenSwitchTest {

  private static final Duration BUDGET = Guards.NONE.timeout().total();

  /** Clients that are not told otherwise call it. */
  private static final String BLUE = "default";

  private static final String GREEN = "green";

  private static Fleet blue;
  private static Fleet green;

  private final LocalDirectory directory = LocalDirectory.alone();
  private final List<Registry.Registration> registrations = new ArrayList<>();

  @BeforeAll
  static void start() {
    blue = Fleet.of(1);
    green = Fleet.start(1, GREEN, List.of("headline.rpc.directory=local"));
    blue.behave(Behaviour.working(Duration.ofMillis(20)));
    green.behave(Behaviour.working(Duration.ofMillis(20)));
  }

  @AfterAll
  static void stop() {
    blue.close();
    green.close();
  }

  @BeforeEach
  void tellOfInstances() {
    blue.all().forEach(process -> registrations.add(directory.register(process.instance())));
    green.all().forEach(process -> directory.register(process.instance()));
  }

  @AfterEach
  void close() {
    directory.close();
  }

  @Disabled("The chain has no routing yet")
  @Test
  void callsAreSplitByWeightAndSwitchedWithoutAFailure() {
    try (UserClient client = new UserClient(directory, Guards.NONE)) {
      client.awaitAnswersOf(blue.all());
      Conclusive.baseline(new OpenLoop(200, 100, BUDGET), client::ask);
      client.govern(split(0, 1));
      client.awaitAnswersOf(green.all());

      OpenLoop.Running load = new OpenLoop(300, 1_500, BUDGET).start(client::ask);
      client.govern(split(80, 20));
      int splitFrom = load.sent() + 1;
      load.awaitSent(1_100);
      client.govern(split(0, 100));
      load.awaitSent(1_200);
      registrations.forEach(Registry.Registration::close);
      Counts drained = blue.counts();
      LoadResult result = Conclusive.keptUp(load.join());

      assertThat(result.failures()).as(result::toString).isEmpty();
      LoadResult split = result.part(splitFrom, 1_100);
      assertThat(split.share(green.get(1).id())).as(split::toString).isCloseTo(0.2, within(0.03));
      assertThat(blue.counts().since(drained).begun()).as("calls after the drain").isZero();
    }
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
}
