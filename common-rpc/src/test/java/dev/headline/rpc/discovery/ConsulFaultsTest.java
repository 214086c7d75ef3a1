package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.SERVICE;
import static dev.headline.rpc.discovery.Instances.hasty;
import static dev.headline.rpc.discovery.Instances.instance;
import static dev.headline.rpc.discovery.Instances.instances;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of instances while Consul fails, forgets or says what cannot be. */
class ConsulFaultsTest extends BesideConsul {

  @Test
  void errorsLeaveTheListAsItIsAndAreGotOver() {
    consul.tell(instance(1));
    directory.watch(SERVICE, heard);
    awaitLast(instances(1));
    consul.status(500);
    awaitQueries(4);
    consul.tellText("no list");
    consul.status(200);
    awaitQueries(6);
    assertThat(heard.lists).containsExactly(instances(1));
    consul.tell(instance(1), instance(2));
    awaitLast(instances(1, 2));
  }

  @Test
  void afterAnErrorTheQueryStartsAnew() {
    directory.watch(SERVICE, heard);
    awaitQueries(2);
    consul.status(503);
    awaitQueries(3);
    assertThat(consul.indexes()).startsWith(0L, 1L, 0L);
  }

  @Test
  void anIndexThatGoesBackwardsStartsAnew() {
    consul.index(1_000);
    directory.watch(SERVICE, heard);
    awaitQuery(1_000);
    consul.index(7);
    awaitQuery(7);
    assertThat(consul.indexes()).containsExactly(0L, 1_000L, 0L, 7L);
  }

  @Test
  void anIndexOfZeroIsNotAskedWith() {
    consul.index(0);
    directory.watch(SERVICE, heard);
    awaitQueries(2);
    assertThat(consul.indexes()).startsWith(0L, 1L);
  }

  @Test
  void consulMayDieAndComeBackOnTheSamePort() throws IOException {
    consul.tell(instance(1));
    directory.watch(SERVICE, heard);
    awaitLast(instances(1));
    awaitQuery(2);
    consul.close();
    try (FakeConsul successor = new FakeConsul(consul.port())) {
      successor.tell(instance(1));
      successor.tell(instance(1), instance(2)); // at another index than the one that was asked for
      awaitLast(instances(1, 2));
    }
    assertThat(heard.lists).hasSize(2);
  }

  @Test
  void aProcessThatFindsConsulDownStartsFromTheLastGoodList(@TempDir Path folder) {
    ConsulSettings remembering = hasty(consul.uri()).withMemory(folder.resolve("lists"));
    consul.tell(instance(1), instance(2));
    try (ConsulDirectory earlier = new ConsulDirectory(remembering)) {
      earlier.watch(SERVICE, heard);
      awaitQuery(2);
    }
    consul.status(500);
    Heard later = new Heard();
    try (ConsulDirectory anew = new ConsulDirectory(remembering)) {
      anew.watch(SERVICE, later);
      await().until(() -> later.lists.equals(List.of(instances(1, 2))));
      consul.tell(instance(2), instance(3));
      consul.status(200);
      await().until(() -> later.lists.getLast().equals(instances(2, 3)));
    }
  }

  @Test
  void whereNothingIsRememberedNothingIsToldWhileConsulIsDown(@TempDir Path folder)
      throws IOException {
    Files.writeString(folder.resolve(SERVICE + ".json"), "torn");
    consul.status(500);
    try (ConsulDirectory anew = new ConsulDirectory(hasty(consul.uri()).withMemory(folder))) {
      anew.watch(SERVICE, heard);
      awaitQueries(2);
      assertThat(heard.lists).isEmpty();
    }
  }

  @Test
  void anIndexThatIsNoNumberEndsNoWatch() {
    consul.tell(instance(1));
    consul.falseIndex = "soon";
    directory.watch(SERVICE, heard);
    awaitQueries(2);
    assertThat(heard.lists).isEmpty();
    consul.falseIndex = null;
    awaitLast(instances(1));
  }
}
