package dev.headline.data.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.data.WalPosition;
import dev.headline.rpc.Baggage;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Origin;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SessionPositionTest {

  private static final WalPosition EARLIER = new WalPosition(100);
  private static final WalPosition LATER = new WalPosition(200);

  private final SessionPosition session = SessionPosition.of("content_service");

  @Test
  void itsNameIsOneThatCanTravel() {
    assertThat(session.seen()).isEqualTo("max.wal.content-service");
    assertThat(SessionPosition.of("A".repeat(100)).seen()).isEqualTo("max.wal." + "a".repeat(55));
  }

  @Test
  void whoBringsNothingNeedsNothing() {
    try (Scope scope = open(Baggage.EMPTY)) {
      scope.context().run(() -> assertThat(session.needed()).isEqualTo(WalPosition.START));
      scope.context().run(() -> assertThat(session.isKept()).isFalse());
    }
  }

  @Test
  void aReaderIsKeptWhoBringsAPositionOrSaysThatHeComesAgain() {
    assertKept(Baggage.EMPTY.withPersistent("max.wal.content-service", at(100)), true);
    assertKept(Baggage.EMPTY.withPersistent("session", "1"), true);
    assertKept(Baggage.EMPTY.withPersistent("max.wal.user-service", at(100)), false);
  }

  @Test
  void theLaterOfWhatWasBroughtAndWhatWasReachedCounts() {
    try (Scope scope = open(brought(EARLIER))) {
      scope.context().run(() -> session.reached(LATER));
      scope.context().run(() -> assertThat(session.needed()).isEqualTo(LATER));
      scope.context().run(() -> session.reached(EARLIER));
      scope.context().run(() -> assertThat(session.needed()).isEqualTo(LATER));
      assertThat(scope.context().notes().toCaller().get(session.seen())).isEqualTo(at(200));
    }
  }

  @Test
  void whatTheCallerKnowsIsNotToldAgain() {
    try (Scope scope = open(brought(LATER))) {
      scope.context().run(() -> session.reached(EARLIER));
      assertThat(scope.context().notes().toCaller().isEmpty()).isTrue();
    }
  }

  @Test
  void whatACalleeToldIsNeededToo() {
    try (Scope scope = open(Baggage.EMPTY)) {
      scope.context().notes().receive(brought(LATER));
      scope.context().run(() -> assertThat(session.needed()).isEqualTo(LATER));
    }
  }

  @Test
  void nonsenseIsNoPosition() {
    try (Scope scope = open(Baggage.EMPTY.withPersistent(session.seen(), "soon"))) {
      scope.context().run(() -> assertThat(session.needed()).isEqualTo(WalPosition.START));
    }
  }

  @Test
  void ofThoseThatReadAtOnceTheFurthestIsTold() {
    try (Scope scope = open(Baggage.EMPTY)) {
      LongStream.rangeClosed(1, 1_000)
          .mapToObj(i -> reaching(scope, new WalPosition(i)))
          .toList()
          .forEach(CompletableFuture::join);
      assertThat(scope.context().notes().toCaller().get(session.seen())).isEqualTo(at(1_000));
    }
  }

  private CompletableFuture<Void> reaching(Scope scope, WalPosition position) {
    return CompletableFuture.runAsync(
        () -> scope.context().run(() -> session.reached(position)), Thread::startVirtualThread);
  }

  private void assertKept(Baggage baggage, boolean kept) {
    try (Scope scope = open(baggage)) {
      scope.context().run(() -> assertThat(session.isKept()).isEqualTo(kept));
    }
  }

  private Baggage brought(WalPosition position) {
    return Baggage.EMPTY.withPersistent(session.seen(), at(position.bytes()));
  }

  private static Scope open(Baggage baggage) {
    return RequestContext.open(Origin.of(Caller.UNKNOWN).with(baggage), Duration.ofSeconds(20));
  }

  private static String at(long bytes) {
    return "%016X".formatted(bytes);
  }
}
