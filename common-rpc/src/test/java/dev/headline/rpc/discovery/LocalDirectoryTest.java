package dev.headline.rpc.discovery;

import static dev.headline.rpc.discovery.Instances.SERVICE;
import static dev.headline.rpc.discovery.Instances.instance;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalDirectoryTest {

  private final LocalDirectory directory = LocalDirectory.alone();
  private final Heard heard = new Heard();

  @AfterEach
  void close() {
    directory.close();
  }

  @Test
  void instancesComeAndGoSortedById() {
    directory.watch(SERVICE, heard);
    directory.register(instance(2));
    Registry.Registration first = directory.register(instance(1));
    first.close();
    assertThat(heard.lists)
        .containsExactly(
            List.of(),
            List.of(instance(2)),
            List.of(instance(1), instance(2)),
            List.of(instance(2)));
  }

  @Test
  void aLateListenerIsToldBeforeWatchReturns() {
    directory.register(instance(1));
    directory.watch(SERVICE, heard);
    assertThat(heard.lists).containsExactly(List.of(instance(1)));
  }

  @Test
  void aWatchThatIsClosedHearsNothingMore() {
    directory.watch(SERVICE, heard).close();
    directory.register(instance(1));
    assertThat(heard.lists).containsExactly(List.of());
  }

  @Test
  void sayingTheSameAgainIsNotTold() {
    directory.watch(SERVICE, heard);
    directory.register(instance(1));
    directory.register(instance(1));
    assertThat(heard.lists).hasSize(2);
  }

  @Test
  void aLateFarewellDoesNotTakeAwayTheSuccessor() {
    Registry.Registration old = directory.register(instance(1));
    directory.register(instance(1));
    old.close();
    directory.watch(SERVICE, heard);
    assertThat(heard.ids()).containsExactly(instance(1).id());
  }

  @Test
  void aListenerThatFailsDoesNotKeepTheListFromOthers() {
    directory.watch(
        SERVICE,
        instances -> {
          throw new IllegalStateException("A listener that fails, on purpose");
        });
    directory.watch(SERVICE, heard);
    directory.register(instance(1));
    assertThat(heard.ids()).containsExactly(instance(1).id());
  }

  @Test
  void aListenerThatRegistersLeavesEverybodyWithTheNewestList() {
    directory.watch(
        SERVICE,
        instances -> {
          if (instances.size() == 1) {
            directory.register(instance(2));
          }
        });
    directory.watch(SERVICE, heard);
    directory.register(instance(1));
    assertThat(heard.ids()).containsExactly(instance(1).id(), instance(2).id());
  }

  @Test
  void directoriesOfTheProcessShareInstancesButNotWatches() {
    Heard other = new Heard();
    LocalDirectory one = LocalDirectory.ofProcess();
    try (LocalDirectory two = LocalDirectory.ofProcess()) {
      one.watch(SERVICE, heard);
      two.watch(SERVICE, other);
      one.close();
      Registry.Registration registration = one.register(instance(1));
      assertThat(other.ids()).containsExactly(instance(1).id());
      assertThat(heard.ids()).isEmpty();
      registration.close();
      assertThat(other.ids()).isEmpty();
    }
  }

  @Test
  void manyThreadsLoseNothing() throws InterruptedException {
    directory.watch(SERVICE, heard);
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 1; i <= 50; i++) {
        int number = i;
        threads.execute(
            () -> {
              await(start);
              directory.register(instance(number));
            });
      }
      start.countDown();
    }
    assertThat(heard.lists.stream().map(List::size))
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 50).boxed().toList());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
