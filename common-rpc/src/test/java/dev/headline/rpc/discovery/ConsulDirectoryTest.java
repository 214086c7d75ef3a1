package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.SERVICE;
import static dev.headline.rpc.discovery.Instances.hasty;
import static dev.headline.rpc.discovery.Instances.instance;
import static dev.headline.rpc.discovery.Instances.instances;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.headline.rpc.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsulDirectoryTest {

  private static final Duration A_WHILE = Duration.ofMillis(300);

  private final AtomicLong clock = new AtomicLong();
  private final Heard heard = new Heard();
  private FakeConsul consul;
  private ConsulDirectory directory;

  @BeforeEach
  void open() throws IOException {
    consul = new FakeConsul();
    directory = directory(consul);
  }

  @AfterEach
  void close() {
    directory.close();
    consul.close();
  }

  @Test
  void instancesComeAndGo() {
    consul.tell(instance(1));
    directory.watch(SERVICE, heard);
    awaitLast(instances(1));
    consul.tell(instance(1), instance(2));
    awaitLast(instances(1, 2));
    consul.tell(instance(2));
    awaitLast(instances(2));
    assertThat(heard.lists).hasSize(3);
  }

  @Test
  void aServiceWithoutInstancesIsKnownToHaveNone() {
    directory.watch(SERVICE, heard);
    awaitLast(instances());
  }

  @Test
  void twoListenersShareOneQuery() {
    Heard late = new Heard();
    consul.tell(instance(1));
    directory.watch(SERVICE, heard);
    awaitLast(instances(1));
    directory.watch(SERVICE, late);
    assertThat(late.lists).containsExactly(instances(1));
    awaitQueries(2);
    assertThat(consul.indexes()).containsExactly(0L, 2L);
  }

  @Test
  void theLastListenerToLeaveEndsTheQuery() {
    Heard other = new Heard();
    Directory.Watch one = directory.watch(SERVICE, heard);
    Directory.Watch two = directory.watch(SERVICE, other);
    awaitQueries(2);
    one.close();
    one.close();
    consul.tell(instance(1));
    await().until(() -> other.ids().equals(List.of("content-service-1")));
    awaitQueries(3);
    two.close();
    assertNoMoreQueries();
    assertThat(heard.ids()).isEmpty();
    assertThat(directory.age(SERVICE)).isEmpty();
  }

  @Test
  void closingEndsEverythingAtOnce() {
    directory.watch(SERVICE, heard);
    awaitQueries(2);
    directory.close();
    assertNoMoreQueries();
    assertThatThrownBy(() -> directory.watch(SERVICE, heard))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aListThatIsHalvedIsBelievedOnlyAfterItsGrace() {
    consul.tell(instance(1), instance(2), instance(3));
    directory.watch(SERVICE, heard);
    awaitLast(instances(1, 2, 3));
    consul.tell(instance(3));
    awaitQueries(5); // it is told again and again, but for us no time passes
    awaitLast(instances(1, 2, 3));
    clock.addAndGet(Duration.ofMillis(200).toNanos());
    awaitLast(instances(3));
    assertThat(heard.lists).hasSize(2);
  }

  @Test
  void aListThatIsEmptiedAndComesBackIsNeverTold() {
    consul.tell(instance(1));
    directory.watch(SERVICE, heard);
    awaitLast(instances(1));
    consul.tell();
    awaitQueries(3); // the empty list has been taken in
    awaitQuery(consul.tell(instance(1)));
    assertThat(heard.lists).containsExactly(instances(1));
  }

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

  @Test
  void theAgeIsThatOfTheLastAnswer() {
    assertThat(directory.age(SERVICE)).isEmpty();
    directory.watch(SERVICE, heard);
    awaitQueries(2);
    clock.addAndGet(Duration.ofSeconds(7).toNanos());
    assertThat(directory.age(SERVICE)).hasValue(Duration.ofSeconds(7));
  }

  @Test
  void aNameThatCannotBeOneIsNotAskedFor() {
    assertThatThrownBy(() -> directory.watch("../kv", heard))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(consul.requests).isEmpty();
  }

  private ConsulDirectory directory(FakeConsul consul) {
    return new ConsulDirectory(hasty(consul.uri()), new Backoff(new Random(1)), clock::get);
  }

  private void awaitLast(List<Instance> instances) {
    await().until(() -> !heard.lists.isEmpty() && heard.lists.getLast().equals(instances));
  }

  private void awaitQueries(int count) {
    await().until(() -> consul.indexes().size() >= count);
  }

  /** Whoever asks with an index has taken in what came with it. */
  private void awaitQuery(long index) {
    await().until(() -> consul.indexes().getLast() == index);
  }

  private void assertNoMoreQueries() {
    int before = consul.indexes().size();
    consul.tell(instance(9));
    await().during(A_WHILE).until(() -> consul.indexes().size() == before);
  }
}
