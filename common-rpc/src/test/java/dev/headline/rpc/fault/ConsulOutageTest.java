package dev.headline.rpc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.consul.Consul;
import dev.headline.infra.junit.TestFolder;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.discovery.ConsulDirectory;
import dev.headline.rpc.discovery.ConsulRegistry;
import dev.headline.rpc.discovery.ConsulSettings;
import dev.headline.rpc.discovery.Registry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Consul dies, comes back empty and does so again; no call is to notice. */
class ConsulOutageTest {

  private static final Duration BUDGET = Guards.NONE.timeout().total();

  /** Longer than the test: whoever comes back empty stays empty until the test says otherwise. */
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  private static Fleet fleet;

  private final TestFolder folder = TestFolder.create();
  private Consul consul;
  private ConsulRegistry registry;
  private List<Registry.Registration> registrations = List.of();

  @BeforeAll
  static void startFleet() {
    fleet = Fleet.of(2);
  }

  @AfterAll
  static void stopFleet() {
    fleet.close();
  }

  @BeforeEach
  void start() {
    consul = Consul.start(dev.headline.infra.consul.ConsulSettings.in(folder.path()));
    registry = new ConsulRegistry(settings(Duration.ofSeconds(10)));
    tellOfInstances();
  }

  /** As each instance does by itself at its next heartbeat, which here is when the test says so. */
  private void tellOfInstances() {
    registrations.forEach(Registry.Registration::close);
    registrations =
        fleet.all().stream().map(process -> registry.register(process.instance())).toList();
  }

  @AfterEach
  void stop() {
    // Each waits in vain for a Consul that is gone; together they wait once.
    registrations.parallelStream().forEach(Registry.Registration::close);
    registry.close();
    consul.close();
    folder.close();
  }

  @Test
  void noCallFailsWhileConsulIsDownComesBackEmptyAndFlaps() {
    try (ConsulDirectory guarded = new ConsulDirectory(settings(Duration.ofSeconds(10)));
        ConsulDirectory gullible = new ConsulDirectory(settings(Duration.ZERO));
        UserClient client = new UserClient(guarded, Guards.NONE);
        UserClient control = new UserClient(gullible, Guards.NONE)) {
      client.awaitAnswersOf(fleet.all());
      control.awaitAnswersOf(fleet.all());
      Conclusive.baseline(new OpenLoop(200, 200, BUDGET), client::ask);

      OpenLoop.Running load = new OpenLoop(200, 10_000, BUDGET).start(client::ask);
      OpenLoop.Running controlLoad = new OpenLoop(50, 2_500, BUDGET).start(control::ask);
      consul.kill();
      assertThat(consul.isAlive()).isFalse();
      load.awaitSent(200);
      comeBackEmpty(guarded, gullible);
      tellOfInstances();
      comeBackEmpty(guarded, gullible);
      tellOfInstances();
      client.awaitAnswersOf(fleet.all());
      LoadResult result = Conclusive.keptUp(load.end());
      LoadResult gullibleResult = controlLoad.end();

      assertThat(result.count()).as("the load outlasts the flaps").isLessThan(10_000);
      assertThat(gullibleResult.count()).as("and so does the control's").isLessThan(2_500);
      assertThat(result.failures()).as(result::toString).isEmpty();
      // The same calls, beside them, of a client that believes whatever Consul says.
      assertThat(gullibleResult.failuresByCode()).containsKey(RpcCode.UNAVAILABLE);
    }
  }

  /** Restarts Consul, and waits until both have heard from it. */
  private void comeBackEmpty(ConsulDirectory one, ConsulDirectory other) {
    consul.restart();
    Instant up = Instant.now();
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> hasHeardSince(up, one) && hasHeardSince(up, other));
  }

  private static boolean hasHeardSince(Instant start, ConsulDirectory directory) {
    Duration since = Duration.between(start, Instant.now());
    return directory.age(Fleet.SERVICE).orElseThrow().compareTo(since) < 0;
  }

  @Test
  void aClientThatStartsWithoutConsulStartsFromTheLastGoodList(@TempDir Path memory) {
    ConsulSettings remembering = settings(Duration.ofSeconds(10)).withMemory(memory);
    try (ConsulDirectory directory = new ConsulDirectory(remembering);
        UserClient earlier = new UserClient(directory, Guards.NONE)) {
      earlier.awaitAnswersOf(fleet.all());
    }
    consul.kill();
    try (ConsulDirectory directory = new ConsulDirectory(remembering);
        UserClient restarted = new UserClient(directory, Guards.NONE)) {
      restarted.awaitAnswersOf(fleet.all());
      LoadResult result = Conclusive.keptUp(new OpenLoop(200, 200, BUDGET).run(restarted::ask));
      assertThat(result.failures()).as(result::toString).isEmpty();
    }
    try (ConsulDirectory directory = new ConsulDirectory(settings(Duration.ofSeconds(10)));
        UserClient forgetful = new UserClient(directory, Guards.NONE)) {
      assertThat(new OpenLoop(200, 100, BUDGET).run(forgetful::ask).failures()).hasSize(100);
    }
  }

  /** The usual settings with a rarer heartbeat, and with that grace for an empty list. */
  private ConsulSettings settings(Duration grace) {
    return new ConsulSettings(
        consul.uri(),
        null,
        Duration.ofSeconds(10),
        Duration.ofSeconds(2),
        HEARTBEAT.multipliedBy(3),
        HEARTBEAT,
        grace,
        grace,
        null);
  }
}
