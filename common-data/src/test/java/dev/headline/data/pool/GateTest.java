package dev.headline.data.pool;

import static dev.headline.data.Sleepers.LONG;
import static dev.headline.data.Sleepers.assertEndsWith;
import static dev.headline.data.Sleepers.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.data.statement.SqlFailures;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Scope;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;

class GateTest {

  /** Before the patience of the gate ends. */
  private static final Duration SOON = Duration.ofSeconds(5);

  private final Gate gate = new Gate(1);

  @Test
  void aWaiterHearsThatItsRequestIsCancelled() {
    gate.enter(RequestContext.current());
    try (Scope scope = request(LONG)) {
      CompletableFuture<RpcCode> waiter = entering(scope.context());
      await().until(() -> gate.waiting() == 1);

      scope.cancel("the client left");

      assertThat(waiter).succeedsWithin(SOON).isEqualTo(RpcCode.CANCELLED);
    }
    gate.leave();
    assertThatOneGoesIn();
  }

  @Test
  void allWaitersCanBeTurnedAway() {
    gate.enter(RequestContext.current());
    CompletableFuture<RpcCode> first = entering(RequestContext.current());
    CompletableFuture<RpcCode> second = entering(RequestContext.current());
    await().until(() -> gate.waiting() == 2);

    gate.turnAway(() -> new RpcException(RpcCode.UNAVAILABLE, "in vain"));

    assertThat(first).succeedsWithin(SOON).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(second).succeedsWithin(SOON).isEqualTo(RpcCode.UNAVAILABLE);
    gate.leave();
    assertThatOneGoesIn();
  }

  @Test
  void whoCameFirstGoesInFirst() {
    gate.enter(RequestContext.current());
    CompletableFuture<RpcCode> first = entering(RequestContext.current());
    await().until(() -> gate.waiting() == 1);
    CompletableFuture<RpcCode> second = entering(RequestContext.current());
    await().until(() -> gate.waiting() == 2);

    gate.leave();

    assertThat(first).succeedsWithin(SOON).isEqualTo(RpcCode.OK);
    assertThat(second).isNotDone();
    gate.leave();
    assertThat(second).succeedsWithin(SOON).isEqualTo(RpcCode.OK);
  }

  @Test
  void aWaiterHearsThatTimeIsUp() {
    gate.enter(RequestContext.current());
    try (Scope scope = request(Duration.ofMillis(50))) {
      assertEndsWith(RpcCode.RESOURCE_EXHAUSTED, () -> gate.enter(scope.context()));
    }
    gate.leave();
    assertThatOneGoesIn();
  }

  @Test
  void aPlaceIsNeitherLostNorGivenTwiceWhenRequestsEndAtAnyMoment() {
    for (int round = 0; round < 500; round++) {
      gate.enter(RequestContext.current());
      try (Scope scope = request(LONG)) {
        CompletableFuture<RpcCode> waiter = entering(scope.context());
        CompletableFuture<Void> leaver =
            CompletableFuture.runAsync(gate::leave, Thread::startVirtualThread);
        scope.cancel("the client left");
        leaver.join();
        if (waiter.join() == RpcCode.OK) {
          gate.leave();
        }
      }
      assertThatOneGoesIn();
    }
  }

  @Test
  void whoComesWhenEnoughAreWaitingIsTurnedAwayAtOnce() {
    var narrow = new Gate(1, 1, () -> RpcException.refused(RpcCode.UNAVAILABLE, "full"), _ -> {});
    narrow.enter(RequestContext.current());
    CompletableFuture<RpcCode> waiter =
        CompletableFuture.supplyAsync(() -> enter(narrow, RequestContext.current()));
    await().until(() -> narrow.waiting() == 1);

    assertThat(enter(narrow, RequestContext.current())).isEqualTo(RpcCode.UNAVAILABLE);

    narrow.leave();
    assertThat(waiter).succeedsWithin(SOON).isEqualTo(RpcCode.OK);
    narrow.leave();
    assertThat(enter(narrow, RequestContext.current())).isEqualTo(RpcCode.OK);
  }

  @Test
  void whatCannotBeLeasedIsGivenBack() {
    var closed = new AtomicInteger();
    var broken =
        new AbstractDataSource() {
          @Override
          public Connection getConnection() {
            return brokenConnection(closed);
          }

          @Override
          public Connection getConnection(String username, String password) {
            return getConnection();
          }
        };
    var gated =
        new GatedDataSource(broken, new Gate(1), () -> false, _ -> {}, new SqlFailures("test"));

    for (int i = 1; i <= 3; i++) {
      assertEndsWith(RpcCode.UNAVAILABLE, gated::getConnection);
      assertThat(closed).hasValue(i);
    }
  }

  /** In, and nobody beside it. */
  private void assertThatOneGoesIn() {
    assertThat(entering(RequestContext.current())).succeedsWithin(SOON).isEqualTo(RpcCode.OK);
    try (Scope scope = request(LONG)) {
      scope.cancel("enough");
      assertThat(entering(scope.context())).succeedsWithin(SOON).isEqualTo(RpcCode.CANCELLED);
    }
    gate.leave();
  }

  /** How it ends; not a fork, because one stops waiting for its work when its request ends. */
  private CompletableFuture<RpcCode> entering(RequestContext request) {
    return CompletableFuture.supplyAsync(() -> enter(gate, request), Thread::startVirtualThread);
  }

  private static RpcCode enter(Gate at, RequestContext request) {
    try {
      at.enter(request);
      return RpcCode.OK;
    } catch (RpcException e) {
      return e.code();
    }
  }

  private static Connection brokenConnection(AtomicInteger closed) {
    return (Connection)
        Proxy.newProxyInstance(
            GateTest.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, _) -> {
              if (method.getName().equals("close")) {
                closed.incrementAndGet();
                return null;
              }
              throw new SQLException("broken", "08006");
            });
  }
}
