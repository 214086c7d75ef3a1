package dev.headline.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.content.v1.Change;
import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.feed.dal.AppliedChanges;
import dev.headline.feed.dal.FeedEntries;
import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.logic.FollowChanges;
import dev.headline.feed.logic.FollowMeters;
import dev.headline.feed.rpc.ContentChanges;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RpcException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowChangesTest {

  private final Index index;
  private final AppliedChanges applied;
  private Platform platform;
  private FakeContents contents;
  private SimpleMeterRegistry meters;
  private FollowChanges follow;

  FollowChangesTest(PostgresCluster cluster, FreshDatabase database) {
    index = new Index(cluster, database);
    applied = index.changes();
  }

  @BeforeEach
  void serve() throws IOException {
    index.empty();
    platform = new Platform();
    contents = new FakeContents();
    meters = new SimpleMeterRegistry();
    platform.serve("content-service", contents);
    follow = follower(Clock.systemUTC());
  }

  private FollowChanges follower(Clock clock) {
    var stub = ContentServiceGrpc.newBlockingStub(platform.clients.channel("content-service"));
    return new FollowChanges(new ContentChanges(stub), applied, new FollowMeters(meters, clock));
  }

  @AfterEach
  void stopServing() {
    platform.close();
  }

  @AfterAll
  void stop() {
    index.close();
  }

  @Test
  void everyChangeReachesTheIndexInStepsOfAnySize() {
    contents.mostAtOnce = 30;
    LongStream.rangeClosed(1, 100).forEach(id -> contents.publish(id, 7, id));

    for (int step = 0; step < 4; step++) {
      follow.step();
    }

    assertThat(index.contentIds()).containsExactlyElementsOf(ids(100));
    assertThat(applied.position()).isEqualTo("100");
  }

  @Test
  void theLastMomentThatContentServiceKeepsIsApplied() {
    Instant last = Instant.parse("9999-12-31T23:59:59.999999Z");
    contents.publish(1, 7, last);
    contents.publish(2, 7, last.plusNanos(900));

    follow.step();
    index.settle();

    assertThat(new FeedEntries(index.router).newest(null, 10))
        .containsExactly(new FeedEntry(2, 7, last), new FeedEntry(1, 7, last));
  }

  @Test
  void aBatchThatIsDeliveredTwiceCountsOnce() {
    contents.publish(1, 7, 1);
    contents.publish(1, 7, 1);
    contents.publish(2, 7, 2);
    follow.step();
    // As after restoring a backup of the cursor that is older than the entries.
    index.run("update change_cursor set position = ''");
    follow.step();

    assertThat(index.contentIds()).containsExactly(1L, 2L);
    assertThat(applied.position()).isEqualTo("3");
  }

  @Test
  void aCrashBetweenApplyingAndCommittingLosesNothingAndDoublesNothing() {
    contents.publish(1, 7, 1);
    follow.step();
    contents.publish(2, 7, 2);
    contents.publish(3, 7, 3);
    index.asOwner(
        """
        create function crash() returns trigger language plpgsql
        as $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$
        """);
    // Deferred: it ends the session after the last statement, while the commit is under way.
    index.asOwner(
        """
        create constraint trigger crash after update on change_cursor
        deferrable initially deferred for each row execute function crash()
        """);

    assertThatThrownBy(follow::step).isInstanceOf(RpcException.class);
    index.asOwner("drop function crash cascade");

    assertThat(index.contentIds()).containsExactly(1L);
    assertThat(applied.position()).isEqualTo("1");
    follow.step();
    assertThat(index.contentIds()).containsExactly(1L, 2L, 3L);
    assertThat(applied.position()).isEqualTo("3");
  }

  @Test
  void whoeverIsBehindAppliesNothing() {
    assertThat(applied.apply("", List.of(Index.entry(1, 7, 1)), "1")).isTrue();

    assertThat(applied.apply("", List.of(Index.entry(2, 7, 2)), "2")).isFalse();

    assertThat(index.contentIds()).containsExactly(1L);
    assertThat(applied.position()).isEqualTo("1");
  }

  @Test
  void aKindOfChangeThatIsNotKnownYetIsPassedOver() {
    contents.add(Change.getDefaultInstance());
    contents.publish(1, 7, 1);

    follow.step();

    assertThat(index.contentIds()).containsExactly(1L);
    assertThat(applied.position()).isEqualTo("2");
  }

  @Test
  void theLagGrowsUntilEverythingIsApplied() {
    contents.mostAtOnce = 1_000;
    LongStream.rangeClosed(1, 1_001).forEach(id -> contents.publish(id, 7, id));
    var clock = new TestClock();
    // Of its own, as the first gauge of a name is the one that stays.
    meters = new SimpleMeterRegistry();
    var behind = follower(clock);

    clock.pass(5_000);
    behind.step();
    assertThat(age("lag")).isEqualTo(5.0);
    assertThat(age("age")).isZero();

    behind.step();
    assertThat(age("lag")).isZero();
    assertThat(meters.get("headline.feed.changes.applied").counter().count()).isEqualTo(1_001);
  }

  /** In seconds. */
  private double age(String gauge) {
    return meters.get("headline.feed.changes." + gauge).timeGauge().value();
  }

  private static List<Long> ids(int last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }
}
