package dev.headline.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.data.session.SessionPosition;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two routers stand for the instances behind two gateways. What one tells its caller is all that
 * the other learns.
 */
class ReadYourWritesTest {

  private static final int SESSIONS = 8;
  private static final int PAIRS = 10_000;

  private static Replicated database;
  private static ReplicaRouter here;
  private static ReplicaRouter there;

  @BeforeAll
  static void startDatabase() {
    database = new Replicated();
    database.run("create table counter (session int primary key, value bigint)");
    database.run("insert into counter select i, 0 from generate_series(0, 100) i");
    database.catchUp();
    database.replica(1).delayReplay(Duration.ofMillis(300));
    here = database.router(database.settings(8));
    there = database.router(database.settings(8));
  }

  @AfterAll
  static void stopDatabase() {
    here.close();
    there.close();
    database.close();
  }

  @Test
  void whoBringsWhatHeWasToldReadsWhatHeWrote() {
    assertThat(violations(PAIRS, true)).isZero();
  }

  /** The negative control: the same, but what was told is dropped on the way. */
  @Test
  void whoBringsNothingReadsOldValues() {
    assertThat(violations(PAIRS / 10, false)).isPositive();
  }

  @Test
  void whoComesAgainIsNeverShownLessThanBefore() {
    assertThat(stepsBack(true)).isZero();
  }

  /** The negative control: nobody knows that he has been here. */
  @Test
  void whoIsUnknownMayBeShownLessThanBefore() {
    assertThat(stepsBack(false)).isPositive();
  }

  @Test
  void theSameRequestReadsWhatItWrote() {
    for (int i = 1; i <= 100; i++) {
      try (Scope scope = open(Baggage.EMPTY)) {
        long written = scope.context().call(() -> increment(here, 50));
        assertThat(scope.context().call(() -> value(here, 50))).isEqualTo(written);
      }
    }
  }

  private int violations(int pairs, boolean kept) {
    var violations = new AtomicInteger();
    inParallel(
        session -> {
          Baggage brought = Baggage.EMPTY;
          for (int i = 0; i < pairs / SESSIONS; i++) {
            long written;
            try (Scope scope = open(brought)) {
              written = scope.context().call(() -> increment(oneOf(session, 0), session));
              brought = kept ? bring(brought, scope.context()) : brought;
            }
            try (Scope scope = open(brought)) {
              if (scope.context().call(() -> value(there, session)) < written) {
                violations.incrementAndGet();
              }
              brought = kept ? bring(brought, scope.context()) : brought;
            }
          }
        });
    return violations.get();
  }

  private static ReplicaRouter oneOf(int session, int offset) {
    return (session + offset) % 2 == 0 ? here : there;
  }

  private int stepsBack(boolean kept) {
    var steps = new AtomicInteger();
    inParallel(
        session -> {
          Baggage brought =
              kept ? Baggage.EMPTY.withPersistent(SessionPosition.SESSION, "1") : Baggage.EMPTY;
          long before = 0;
          for (int i = 0; i < 200; i++) {
            increment(here, session);
            try (Scope scope = open(brought)) {
              ReplicaRouter router = oneOf(session, i);
              long now = scope.context().call(() -> value(router, session));
              if (now < before) {
                steps.incrementAndGet();
              }
              before = now;
              brought = kept ? bring(brought, scope.context()) : brought;
            }
          }
        });
    return steps.get();
  }

  private static void inParallel(IntConsumer session) {
    IntStream.range(0, SESSIONS)
        .mapToObj(
            i -> CompletableFuture.runAsync(() -> session.accept(i), Thread::startVirtualThread))
        .toList()
        .forEach(CompletableFuture::join);
  }

  /** What a gateway does between two requests of one client. */
  private static Baggage bring(Baggage before, RequestContext request) {
    Baggage after = before;
    for (var piece : request.notes().toCaller().persistent().entrySet()) {
      after = after.withPersistent(piece.getKey(), piece.getValue());
    }
    return after;
  }

  private static Scope open(Baggage baggage) {
    return RequestContext.open(Origin.of(Caller.UNKNOWN).with(baggage), Duration.ofSeconds(20));
  }

  private static long increment(ReplicaRouter router, int session) {
    return router.write(
        sql ->
            sql.sql("update counter set value = value + 1 where session = :session returning value")
                .param("session", session)
                .query(Long.class)
                .single());
  }

  private static long value(ReplicaRouter router, int session) {
    return router
        .read()
        .sql("select value from counter where session = :session")
        .param("session", session)
        .query(Long.class)
        .single();
  }
}
