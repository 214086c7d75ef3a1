package dev.headline.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.content.v1.ContentServiceGrpc;
import dev.headline.feed.logic.FollowChanges;
import dev.headline.feed.logic.FollowMeters;
import dev.headline.feed.logic.Follower;
import dev.headline.feed.rpc.ContentChanges;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.Caller;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowerTest {

  /** A long poll takes 8 s. */
  private static final Duration WELL_BELOW_A_LONG_POLL = Duration.ofSeconds(6);

  private final Index index;
  private Platform platform;

  FollowerTest(PostgresCluster cluster, FreshDatabase database) {
    index = new Index(cluster, database);
  }

  @BeforeEach
  void begin() {
    index.empty();
    platform = new Platform();
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
  void whatIsPublishedWhileNothingHappensArrivesAtOnce() throws IOException {
    var contents = new FakeContents();
    platform.serve("content-service", contents);
    try (var follower = follower(new SimpleMeterRegistry())) {
      follower.start();
      await().until(() -> contents.waiting.get() == 1);

      contents.publish(1, 7, 1);

      await().atMost(WELL_BELOW_A_LONG_POLL).until(() -> index.contentIds().equals(List.of(1L)));
    }
  }

  @Test
  void itGoesOnByItselfWhenContentServiceComesBack() throws IOException {
    var meters = new SimpleMeterRegistry();
    var contents = new FakeContents();
    contents.publish(1, 7, 1);
    try (var follower = follower(meters)) {
      follower.start();
      await().until(() -> failures(meters) >= 2);

      platform.serve("content-service", contents);

      await().until(() -> index.contentIds().equals(List.of(1L)));
    }
  }

  @Test
  void closingEndsTheLongPollAtOnceAndIsNoFailure() throws IOException {
    var meters = new SimpleMeterRegistry();
    var contents = new FakeContents();
    platform.serve("content-service", contents);
    var follower = follower(meters);
    follower.start();
    await().until(() -> contents.waiting.get() == 1);

    long start = System.nanoTime();
    follower.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WELL_BELOW_A_LONG_POLL);
    await().until(() -> contents.waiting.get() == 0);
    assertThat(failures(meters)).isZero();
    contents.publish(1, 7, 1);
    assertThat(index.contentIds()).isEmpty();
  }

  @Test
  void closingEndsAWaitAfterAFailureAtOnce() {
    var meters = new SimpleMeterRegistry();
    var follower = follower(meters);
    follower.start();
    await().until(() -> failures(meters) >= 3);

    long start = System.nanoTime();
    follower.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WELL_BELOW_A_LONG_POLL);
  }

  @Test
  void severalFollowersApplyEveryChangeOnceAndInItsOrder() throws IOException {
    index.asOwner("create table history (step serial, position text)");
    index.asOwner(
        """
        create function remember() returns trigger language plpgsql
        as $$ begin insert into history (position) values (new.position); return new; end $$
        """);
    index.asOwner(
        """
        create trigger remember after update on change_cursor
        for each row execute function remember()
        """);
    var contents = new FakeContents();
    contents.mostAtOnce = 7;
    platform.serve("content-service", contents);
    var meters = List.of(new SimpleMeterRegistry(), new SimpleMeterRegistry());
    try (var first = follower(meters.getFirst());
        var second = follower(meters.getLast())) {
      first.start();
      second.start();
      LongStream.rangeClosed(1, 1_000).forEach(id -> contents.publish(id, 7, id));

      await().until(() -> index.changes().position().equals("1000"));
    }

    assertThat(index.contentIds())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 1_000).boxed().toList());
    assertThat(meters.stream().mapToDouble(FollowerTest::applied).sum()).isEqualTo(1_000);
    assertThat(
            index
                .router
                .primary()
                .sql("select position::bigint from history order by step")
                .query(Long.class)
                .list())
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private Follower follower(SimpleMeterRegistry meters) {
    var stub = ContentServiceGrpc.newBlockingStub(platform.clients.channel("content-service"));
    var followMeters = new FollowMeters(meters, Clock.systemUTC());
    var follow = new FollowChanges(new ContentChanges(stub), index.changes(), followMeters);
    return new Follower(
        new Caller("feed-service", "default"), follow, followMeters, new Random(42));
  }

  private static double failures(SimpleMeterRegistry meters) {
    return meters.get("headline.feed.changes.failures").counter().count();
  }

  private static double applied(SimpleMeterRegistry meters) {
    return meters.get("headline.feed.changes.applied").counter().count();
  }
}
