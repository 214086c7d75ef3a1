package dev.headline.data;

import static dev.headline.data.Sleepers.LONG;
import static dev.headline.data.Sleepers.assertEndsWith;
import static dev.headline.data.Sleepers.backend;
import static dev.headline.data.Sleepers.request;
import static dev.headline.data.Sleepers.sleep;
import static dev.headline.data.Sleepers.someoneSleeps;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.Fork;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time is up; whatever the request waits for, it learns that in time. */
@WithServers
class DeadlineTest {

  /** Long before anything but the deadline would end a wait, and enough for a slow machine. */
  private static final Duration SOON = LONG.dividedBy(2);

  private ReplicaRouter router;
  private ReplicaRouter observer;

  @BeforeEach
  void open(FreshDatabase database) {
    router = ReplicaRouter.open(Routers.primaryOnly(database, 1), new SimpleMeterRegistry());
    observer = ReplicaRouter.open(Routers.primaryOnly(database, 1), new SimpleMeterRegistry());
  }

  @AfterEach
  void close() {
    router.close();
    observer.close();
  }

  @Test
  void aStatementEndsAtTheDeadline() {
    backend(router.primary());
    long start = System.nanoTime();
    try (Scope scope = request(Duration.ofMillis(300))) {
      assertEndsWith(
          RpcCode.DEADLINE_EXCEEDED, () -> scope.context().call(() -> sleep(router.primary())));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(290), SOON);
    assertThat(someoneSleeps(observer.primary())).isFalse();
  }

  @Test
  void aFullPoolIsSaidAtTheDeadline() {
    Scope holder = request(LONG);
    Fork<Long> sleep = holder.context().fork(() -> sleep(router.primary()));
    await().until(() -> someoneSleeps(observer.primary()));

    try (Scope scope = request(Duration.ofMillis(200))) {
      assertEndsWith(
          RpcCode.RESOURCE_EXHAUSTED, () -> scope.context().call(() -> backend(router.primary())));
    }
    holder.cancel("enough");
    assertEndsWith(RpcCode.CANCELLED, sleep::join);
  }

  @Test
  void aServerThatHangsDoesNotHoldItsClient(FreshDatabase database, PostgresCluster cluster) {
    var replica = cluster.replicas().getFirst();
    try (var hanging =
        ReplicaRouter.open(Routers.settings(database, 1), new SimpleMeterRegistry())) {
      backend(hanging.read());
      replica.pause();
      long start = System.nanoTime();
      try (Scope scope = request(Duration.ofMillis(300))) {
        assertEndsWith(
            RpcCode.DEADLINE_EXCEEDED, () -> scope.context().call(() -> backend(hanging.read())));
      }
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(Duration.ofMillis(290), SOON);

      replica.resume();
      await().ignoreExceptions().until(() -> backend(hanging.read()) > 0);
    } finally {
      replica.resume();
    }
  }
}
