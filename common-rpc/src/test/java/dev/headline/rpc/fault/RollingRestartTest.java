package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.infra.consul.Consul;
import dev.headline.infra.junit.TestFolder;
import dev.headline.rpc.discovery.ConsulDirectory;
import dev.headline.rpc.discovery.ConsulSettings;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every instance is stopped and started anew, one after the other, under load. */
class RollingRestartTest {

  private static final Duration BUDGET = Guards.NONE.timeout().total();

  private static TestFolder folder;
  private static Consul consul;
  private static Fleet fleet;

  @BeforeAll
  static void start() {
    folder = TestFolder.create();
    consul = Consul.start(dev.headline.infra.consul.ConsulSettings.in(folder.path()));
    fleet = Fleet.knownTo(consul.uri(), "default", 3);
    // So that there is always a call on its way to every instance.
    fleet.behave(Behaviour.working(Duration.ofMillis(50)));
  }

  @AfterAll
  static void stop() {
    fleet.close();
    consul.close();
    folder.close();
  }

  @Test
  void noCallFailsWhenEachInstanceIsRestartedInTurn() {
    try (ConsulDirectory directory = new ConsulDirectory(ConsulSettings.at(consul.uri()));
        UserClient client = new UserClient(directory, Guards.NONE)) {
      client.awaitAnswersOf(fleet.all());
      Conclusive.baseline(new OpenLoop(200, 100, BUDGET), client::ask);

      OpenLoop.Running load = new OpenLoop(200, 10_000, BUDGET).start(client::ask);
      for (ServerProcess process : fleet.all()) {
        long before = process.pid();
        process.close();
        process.startAgain();
        assertThat(process.pid()).isNotEqualTo(before);
      }
      client.awaitAnswersOf(fleet.all());
      LoadResult result = Conclusive.keptUp(load.end());

      assertThat(result.count()).as("the load outlasts the restarts").isLessThan(10_000);
      assertThat(result.failures()).as(result::toString).isEmpty();
      assertThat(result.byInstance()).as("all of them serve").hasSize(3);
      assertThatAnAbruptEndFailsCalls(client);
    }
  }

  /** The control: an instance that ends without a farewell and without draining. */
  private static void assertThatAnAbruptEndFailsCalls(UserClient client) {
    fleet.behave(Behaviour.working(Duration.ofMillis(50)));
    client.awaitAnswersOf(fleet.all());
    OpenLoop.Running load = new OpenLoop(200, 200, BUDGET).start(client::ask);
    load.awaitSent(100);
    fleet.get(1).kill();
    assertThat(load.join().failures()).isNotEmpty();
  }
}
