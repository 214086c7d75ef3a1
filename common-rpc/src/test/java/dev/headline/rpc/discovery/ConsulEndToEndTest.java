package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.SERVICE;
import static dev.headline.rpc.discovery.Instances.hasty;
import static dev.headline.rpc.discovery.Instances.instance;
import static dev.headline.rpc.discovery.Instances.instances;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.consul.Consul;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both sides against a real Consul and its faults. */
class ConsulEndToEndTest {

  private final Heard heard = new Heard();
  private Consul consul;
  private ConsulDirectory directory;
  private ConsulRegistry registry;

  @BeforeEach
  void start(@TempDir Path folder) {
    consul = Consul.start(dev.headline.infra.consul.ConsulSettings.in(folder));
    directory = new ConsulDirectory(hasty(consul.uri()));
    registry = new ConsulRegistry(hasty(consul.uri()));
  }

  @AfterEach
  void stop() {
    directory.close();
    registry.close();
    consul.close();
  }

  @Test
  void whoeverComesAndGoesIsSeenSoon() {
    Instance socket =
        new Instance("content-service-2", SERVICE, "blue", Address.parse("unix:/tmp/a.sock"), 7);
    directory.watch(SERVICE, heard);
    Registry.Registration first = registry.register(instance(1));
    awaitLast(instances(1));
    Registry.Registration second = registry.register(socket);
    awaitLast(List.of(instance(1), socket));
    first.close();
    awaitLast(List.of(socket));
    second.close();
  }

  @Test
  void aConsulThatIsKilledAndComesBackEmptyIsNotNoticed() {
    directory.watch(SERVICE, heard);
    try (var _ = registry.register(instance(1));
        var _ = registry.register(instance(2))) {
      awaitLast(instances(1, 2));
      int told = heard.lists.size();
      consul.kill();
      await().until(() -> !consul.isAlive());
      consul.restart();
      Heard anew = new Heard();
      try (ConsulDirectory other = new ConsulDirectory(hasty(consul.uri()))) {
        other.watch(SERVICE, anew);
        await().until(() -> anew.lists.contains(instances(1, 2)));
      }
      assertThat(heard.lists.subList(told, heard.lists.size()))
          .allSatisfy(list -> assertThat(list).isNotEmpty());
      awaitLast(instances(1, 2));
    }
  }

  @Test
  void anInstanceThatFallsSilentIsDroppedAndTakenBackWhenItSpeaks() throws IOException {
    directory.watch(SERVICE, heard);
    try (var _ = registry.register(instance(1));
        ConsulClient silent = new ConsulClient(hasty(consul.uri()))) {
      silent.register(instance(2)).awaitSuccess();
      awaitLast(instances(1, 2));
      awaitLast(instances(1)); // its time to live is one second
      silent.pass(instance(2)).awaitSuccess();
      awaitLast(instances(1, 2));
    }
  }

  @Test
  void whatConsulHasForgottenIsNoFailureToTakeBack() {
    Registry.Registration registration = registry.register(instance(1));
    consul.restart();
    registration.close();
    directory.watch(SERVICE, heard);
    awaitLast(instances());
  }

  private void awaitLast(List<Instance> instances) {
    await().pollInterval(Duration.ofMillis(5)).until(is(instances));
  }

  private Callable<Boolean> is(List<Instance> instances) {
    return () -> !heard.lists.isEmpty() && heard.lists.getLast().equals(instances);
  }
}
