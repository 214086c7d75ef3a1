package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.hasty;
import static dev.headline.rpc.discovery.Instances.instance;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsulRegistryTest {

  private static final String ID = instance(1).id();

  private FakeConsul consul;
  private ConsulRegistry registry;

  @BeforeEach
  void open() throws IOException {
    consul = new FakeConsul();
    registry = new ConsulRegistry(hasty(consul.uri()).withToken("secret"));
  }

  @AfterEach
  void close() {
    registry.close();
    consul.close();
  }

  @Test
  void anInstanceIsKnownWhenRegisterReturns() {
    try (var _ = registry.register(instance(1))) {
      assertThat(consul.registered.get(ID))
          .isEqualTo(ConsulFormat.write(instance(1), Duration.ofSeconds(1)));
      assertThat(consul.token).isEqualTo("secret");
    }
  }

  @Test
  void itSaysAgainAndAgainThatItIsWell() {
    try (var _ = registry.register(instance(1))) {
      await().until(() -> heartbeats() >= 3);
      assertThat(registrations()).isEqualTo(1);
    }
  }

  @Test
  void aConsulThatForgetsIsToldAgain() {
    try (var _ = registry.register(instance(1))) {
      consul.registered.clear();
      await().until(() -> consul.registered.containsKey(ID));
      assertThat(registrations()).isEqualTo(2);
    }
  }

  @Test
  void aConsulThatIsDownAtFirstIsToldOnceItIsUp() throws IOException {
    consul.close();
    try (var _ = registry.register(instance(1));
        FakeConsul successor = new FakeConsul(consul.port())) {
      await().until(() -> successor.registered.containsKey(ID));
    }
  }

  @Test
  void aConsulThatRefusesIsAskedAgain() {
    consul.status(403);
    try (var _ = registry.register(instance(1))) {
      await().until(() -> registrations() >= 3);
      consul.status(200);
      await().until(() -> consul.registered.containsKey(ID));
    }
  }

  @Test
  void closingTakesTheInstanceBackBeforeItReturnsAndSaysNothingAfterwards() {
    Registry.Registration registration = registry.register(instance(1));
    await().until(() -> heartbeats() >= 1);
    registration.close();
    registration.close();
    assertThat(consul.registered).isEmpty();
    assertThat(consul.requests.getLast()).isEqualTo("PUT /v1/agent/service/deregister/" + ID);
    int said = consul.requests.size();
    await().during(Duration.ofMillis(300)).until(() -> consul.requests.size() == said);
  }

  @Test
  void aHeartbeatOnItsWayDoesNotRegisterAnInstanceThatIsLeaving() {
    Registry.Registration registration = registry.register(instance(1));
    consul.hang(true);
    int before = heartbeats();
    await().until(() -> heartbeats() > before);
    consul.registered.clear(); // the heartbeat on its way will be told that it is not known
    Thread leaving = Thread.startVirtualThread(registration::close);
    await().until(() -> leaving.getState() == Thread.State.TIMED_WAITING);
    int registrations = registrations();
    consul.hang(false);
    await().until(() -> !leaving.isAlive());
    assertThat(registrations()).isEqualTo(registrations);
    assertThat(consul.registered).isEmpty();
    assertThat(consul.requests.getLast()).contains("/deregister/");
  }

  @Test
  void aConsulThatHangsKeepsNobodyFromLeavingForLong() {
    Registry.Registration registration = registry.register(instance(1));
    consul.hang(true);
    int before = heartbeats();
    await().until(() -> heartbeats() > before);
    long start = System.nanoTime();
    registration.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_500));
  }

  private int heartbeats() {
    return count("/check/pass/");
  }

  private int registrations() {
    return count("/service/register");
  }

  private int count(String part) {
    return (int) consul.requests.stream().filter(request -> request.contains(part)).count();
  }
}
