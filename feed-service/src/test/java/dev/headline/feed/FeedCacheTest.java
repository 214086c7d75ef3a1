package dev.headline.feed;

import static dev.headline.feed.Index.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.v1.FeedServiceGrpc;
import dev.headline.feed.v1.FeedServiceGrpc.FeedServiceBlockingStub;
import dev.headline.feed.v1.Following;
import dev.headline.feed.v1.GetFeedRequest;
import dev.headline.feed.v1.GetFeedResponse;
import dev.headline.feed.v1.Newest;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisProbe;
import dev.headline.infra.redis.RedisSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages of a feed cost when they are read again, and what a new content does to them. */
@WithServers
class FeedCacheTest {

  private static final long READER = 5;

  private static final GetFeedRequest NEWEST =
      GetFeedRequest.newBuilder().setNewest(Newest.getDefaultInstance()).build();

  private static final GetFeedRequest FOLLOWING =
      GetFeedRequest.newBuilder().setFollowing(Following.newBuilder().setUserId(READER)).build();

  private final FakeUsers users = new FakeUsers();
  private final Platform platform = new Platform();
  private TestFolder folder;
  private Redis server;
  private RedisProbe probe;
  private Index index;
  private FeedServiceBlockingStub stub;

  @BeforeEach
  void open(PostgresCluster cluster, FreshDatabase database) throws IOException {
    folder = TestFolder.create();
    server = Redis.start(RedisSettings.in(folder.path()));
    probe = new RedisProbe(server);
    index = new Index(cluster, database, server.uri());
    index.empty();
    index.awaitRedis();
    users.following.put(READER, LongStream.range(100, 110).boxed().toList());
    platform.serve("user-service", users);
    platform.serve(
        "feed-service", new Wiring().feedHandler(index.router, index.blocks, platform.clients));
    stub = FeedServiceGrpc.newBlockingStub(platform.clients.channel("feed-service"));
  }

  @AfterEach
  void close() {
    platform.close();
    index.close();
    server.close();
    folder.close();
  }

  @Test
  void warmPagesOfTheNewestAreOneCommandEachAndNoStatement() {
    publish(200);
    index.warm(() -> stub.getFeed(NEWEST));
    probe.resetCounts();
    double statements = index.statements();

    GetFeedResponse first = stub.getFeed(NEWEST);
    GetFeedResponse second = stub.getFeed(after(NEWEST, first));

    assertThat(first.getContentIdsList()).containsExactlyElementsOf(ids(200, 181));
    assertThat(second.getContentIdsList()).containsExactlyElementsOf(ids(180, 161));
    assertThat(stub.getFeed(NEWEST.toBuilder().setLimit(100).build()).getContentIdsList())
        .containsExactlyElementsOf(ids(200, 101));
    assertThat(probe.calls("mget")).isEqualTo(3);
    assertThat(index.statements()).isEqualTo(statements);
  }

  @Test
  void warmPagesOfWhoIsFollowedAreOneCommandEachAndNoStatement() {
    publish(200);
    index.warm(() -> stub.getFeed(FOLLOWING));
    probe.resetCounts();
    double statements = index.statements();

    GetFeedResponse first = stub.getFeed(FOLLOWING);
    GetFeedResponse second = stub.getFeed(after(FOLLOWING, first));

    assertThat(first.getContentIdsList()).containsExactlyElementsOf(followed(200, 20));
    assertThat(second.getContentIdsList())
        .containsExactlyElementsOf(followed(second.getContentIds(0), 20));
    assertThat(probe.calls("mget")).isEqualTo(2);
    assertThat(index.statements()).isEqualTo(statements);
  }

  @Test
  void whatLiesDeeperIsReadFromTheDatabaseAndNothingIsLeftOut() {
    publish(300);
    index.settle();
    assertThat(walk(NEWEST)).containsExactlyElementsOf(ids(300, 1));
    assertThat(walk(FOLLOWING)).containsExactlyElementsOf(followed(300, 150));
  }

  @Test
  void whatIsPublishedIsAtTheTopForEverybodyAtOnce() {
    publish(30);
    index.warm(() -> stub.getFeed(NEWEST));
    index.warm(() -> stub.getFeed(FOLLOWING));

    // One is newer than all, the other is published late and belongs between them.
    index.apply(entry(1_000, 105, 1_000), entry(1_001, 105, 20));

    assertThat(stub.getFeed(NEWEST).getContentIds(0)).isEqualTo(1_000);
    assertThat(stub.getFeed(FOLLOWING).getContentIdsList()).startsWith(1_000L).contains(1_001L);
  }

  @Test
  void whatWasAddedByWhoeverDiedThenIsShownAgain() {
    publish(30);
    index.warm(() -> stub.getFeed(NEWEST));
    index.warm(() -> stub.getFeed(FOLLOWING));
    index.run("insert into feed_entry values (1000, 105, '2030-01-01T00:00:00Z')");
    assertThat(stub.getFeed(NEWEST).getContentIds(0)).isEqualTo(30);

    index.changes().showAgain(10);

    assertThat(stub.getFeed(NEWEST).getContentIds(0)).isEqualTo(1_000);
    assertThat(stub.getFeed(FOLLOWING).getContentIds(0)).isEqualTo(1_000);
  }

  @Test
  void withoutRedisPagesAreReadAndContentsAddedAllTheSame() {
    publish(30);
    stub.getFeed(NEWEST);
    server.kill();

    assertThat(stub.getFeed(NEWEST).getContentIdsCount()).isEqualTo(20);
    index.add(entry(1_000, 105, 1_000));
    assertThat(stub.getFeed(NEWEST).getContentIds(0)).isEqualTo(1_000);
    assertThat(stub.getFeed(FOLLOWING).getContentIds(0)).isEqualTo(1_000);
  }

  /** Of twenty authors in turn, the first ten of whom the reader follows. */
  private void publish(long contents) {
    index.apply(
        LongStream.rangeClosed(1, contents)
            .mapToObj(id -> entry(id, 100 + id % 20, id))
            .toArray(FeedEntry[]::new));
  }

  private List<Long> walk(GetFeedRequest feed) {
    List<Long> shown = new ArrayList<>();
    GetFeedResponse page = GetFeedResponse.getDefaultInstance();
    do {
      page = stub.getFeed(after(feed, page));
      shown.addAll(page.getContentIdsList());
    } while (!page.getNextCursor().isEmpty());
    return shown;
  }

  private static GetFeedRequest after(GetFeedRequest feed, GetFeedResponse page) {
    return feed.toBuilder().setCursor(page.getNextCursor()).build();
  }

  private static List<Long> ids(long first, long last) {
    return LongStream.iterate(first, id -> id >= last, id -> id - 1).boxed().toList();
  }

  private static List<Long> followed(long first, int count) {
    return LongStream.iterate(first, id -> id > 0, id -> id - 1)
        .filter(id -> id % 20 < 10)
        .limit(count)
        .boxed()
        .toList();
  }
}
