package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.SERVICE;
import static dev.headline.rpc.discovery.Instances.instance;
import static dev.headline.rpc.discovery.Instances.instances;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsulDirectoryTest extends BesideConsul {

  private static final Duration A_WHILE = Duration.ofMillis(300);

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

  private void assertNoMoreQueries() {
    int before = consul.indexes().size();
    consul.tell(instance(9));
    await().during(A_WHILE).until(() -> consul.indexes().size() == before);
  }
}
