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
import dev.headline.rpc.Fork;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The client leaves; its statement ends with it, and the connection lives on. */
@WithServers
class CancelledRequestTest {

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
  void aCancelledStatementIsGoneLongBeforeItsEnd() {
    int backend = backend(router.primary());
    Scope scope = request(LONG);
    Fork<Long> sleep = scope.context().fork(() -> sleep(router.primary()));
    await().until(() -> someoneSleeps(observer.primary()));

    scope.cancel("the client left");

    await().atMost(LONG.dividedBy(2)).until(() -> !someoneSleeps(observer.primary()));
    assertEndsWith(RpcCode.CANCELLED, sleep::join);
    assertThat(backend(router.primary())).as("the same connection").isEqualTo(backend);
  }

  @Test
  void aCancelledTransactionIsRolledBack() {
    router.write(sql -> sql.sql("create table attempt (id int)").update());
    int backend = backend(router.primary());
    Scope scope = request(LONG);
    Fork<Long> sleep =
        scope
            .context()
            .fork(
                () ->
                    router.write(
                        sql -> {
                          sql.sql("insert into attempt values (1)").update();
                          return sleep(sql);
                        }));
    await().until(() -> someoneSleeps(observer.primary()));

    scope.cancel("the client left");

    assertEndsWith(RpcCode.CANCELLED, sleep::join);
    assertThat(router.primary().sql("select count(*) from attempt").query(Long.class).single())
        .isZero();
    assertThat(backend(router.primary())).as("the same connection").isEqualTo(backend);
  }

  @Test
  void aRequestThatIsOverAsksNothing() {
    try (Scope scope = request(LONG)) {
      scope.cancel("the client left");
      assertEndsWith(RpcCode.CANCELLED, () -> scope.context().call(() -> sleep(router.primary())));
    }
  }

  /** Cancelling at any moment, also when the reply is on its way, must not hit who comes next. */
  @Test
  void aLateCancelSignalMissesTheNextBorrower() {
    for (int round = 0; round < 300; round++) {
      Scope scope = request(LONG);
      Fork<Integer> victim = scope.context().fork(() -> backend(router.primary()));
      long pause = ThreadLocalRandom.current().nextLong(800_000);
      long until = System.nanoTime() + pause;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      scope.cancel("the client left");
      try {
        victim.join();
      } catch (RpcException e) {
        assertThat(e.code()).isEqualTo(RpcCode.CANCELLED);
      }

      // Long enough for a signal that is still under way to hit it.
      assertThat(sleep(router.primary(), 0.004)).isEqualTo(1);
    }
  }
}
