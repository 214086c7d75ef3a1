package dev.headline.content.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.Timestamp;
import dev.headline.content.ContentDatabase;
import dev.headline.content.dal.Articles;
import dev.headline.content.dal.Changes;
import dev.headline.content.dal.Likes;
import dev.headline.content.logic.FollowChanges;
import dev.headline.content.logic.ImportContents;
import dev.headline.content.logic.ImportLikes;
import dev.headline.content.v1.BatchGetRequest;
import dev.headline.content.v1.Content;
import dev.headline.content.v1.ImportContentsRequest;
import dev.headline.content.v1.ImportLikesRequest;
import dev.headline.content.v1.Like;
import dev.headline.content.v1.NewContent;
import dev.headline.data.ReplicaRouter;
import dev.headline.data.cache.RedisSettings;
import dev.headline.data.cache.SharedRedis;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.TestFolder;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.redis.Redis;
import dev.headline.infra.redis.RedisProbe;
import dev.headline.rpc.Caller;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Scope;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What contents cost when they are read again, and what becomes of them when they are written. */
@WithServers
class ContentCacheTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private RedisProbe probe;
  private ReplicaRouter router;
  private TestFolder folder;
  private Redis server;
  private SharedRedis redis;
  private Articles articles;
  private ContentHandler handler;

  @BeforeEach
  void open(FreshDatabase database) {
    folder = TestFolder.create();
    server = Redis.start(dev.headline.infra.redis.RedisSettings.in(folder.path()));
    probe = new RedisProbe(server);
    router = ContentDatabase.open(database, meters);
    redis = SharedRedis.open(RedisSettings.at(server.uri()), meters);
    await().until(redis::isConnected);
    articles = new Articles(router, redis, meters);
    handler =
        new ContentHandler(
            articles,
            new FollowChanges(new Changes(router), Duration.ofMillis(50)),
            new ImportContents(router, articles),
            new ImportLikes(router, new Likes(), articles));
  }

  @AfterEach
  void close() {
    articles.close();
    redis.close();
    router.close();
    server.close();
    folder.close();
  }

  @Test
  void aWarmBatchIsOneCommandAndNoStatement() {
    List<Long> ids = publish(20);
    warm(() -> batchGet(ids));
    probe.resetCounts();
    double statements = statements();

    assertThat(batchGet(ids)).hasSize(20);

    assertThat(probe.calls("mget")).isEqualTo(1);
    assertThat(statements()).isEqualTo(statements);
  }

  @Test
  void aLikeIsCountedForEverybodyAtOnce() {
    List<Long> ids = publish(2);
    warm(() -> batchGet(ids));
    assertThat(batchGet(ids)).allMatch(content -> content.getLikeCount() == 0);

    like(ids.getFirst(), 7);

    assertThat(batchGet(ids.subList(0, 1)).getFirst().getLikeCount()).isEqualTo(1);
    assertThat(batchGet(ids.subList(1, 2)).getFirst().getLikeCount()).isZero();
  }

  @Test
  void whoeverLikesSeesItThoughNobodyTellsRedis() {
    List<Long> ids = publish(1);
    warm(() -> batchGet(ids));

    long seen =
        somebody(
            () -> {
              router.commit(sql -> sql.sql("update content set like_count = 5").update());
              return read(ids).getFirst().getLikeCount();
            });

    assertThat(seen).isEqualTo(5);
  }

  @Test
  void aBatchThatIsRepeatedMakesSeenWhatItsFirstRunDidNot() {
    List<Long> ids = publish(1);
    warm(() -> batchGet(ids));
    somebody(() -> router.commit(sql -> sql.sql("update content set title = 'New'").update()));
    assertThat(batchGet(ids).getFirst().getTitle()).isEqualTo("A title");

    publish(1);

    assertThat(batchGet(ids).getFirst().getTitle()).isEqualTo("New");
  }

  @Test
  void withoutRedisItIsReadAndWrittenAllTheSame() {
    List<Long> ids = publish(3);
    batchGet(ids);
    server.kill();

    assertThat(batchGet(ids)).hasSize(3);
    like(ids.getFirst(), 7);
    await().until(() -> batchGet(ids.subList(0, 1)).getFirst().getLikeCount() == 1);
  }

  private List<Long> publish(int contents) {
    var request = ImportContentsRequest.newBuilder();
    IntStream.range(0, contents)
        .mapToObj(
            number ->
                NewContent.newBuilder()
                    .setSourceKey("key-" + number)
                    .setAuthorId(7)
                    .setTitle("A title")
                    .setPublishedAt(Timestamp.newBuilder().setSeconds(1_700_000_000L + number)))
        .forEach(request::addContents);
    return somebody(() -> Replies.of(handler::importContents, request.build())).getIdsList();
  }

  private void like(long content, long user) {
    var like = Like.newBuilder().setContentId(content).setUserId(user);
    var request = ImportLikesRequest.newBuilder().addLikes(like).build();
    somebody(() -> Replies.of(handler::importLikes, request));
  }

  private List<Content> batchGet(List<Long> ids) {
    return somebody(() -> read(ids));
  }

  private List<Content> read(List<Long> ids) {
    var request = BatchGetRequest.newBuilder().addAllIds(ids).build();
    return Replies.of(handler::batchGet, request).getContentsList();
  }

  /** A reader or writer of whom nothing is known. */
  private static <T> T somebody(Supplier<T> asks) {
    try (Scope request = RequestContext.open(Caller.UNKNOWN, Duration.ofSeconds(10))) {
      return request.context().call(asks);
    }
  }

  /**
   * Reads until that costs no statement. Right after a write that takes a moment: until replicas
   * are known to show it, the primary answers and nothing is kept.
   */
  private void warm(Runnable read) {
    await()
        .until(
            () -> {
              double before = statements();
              read.run();
              return statements() == before;
            });
  }

  private double statements() {
    return meters.find("headline.data.route").counters().stream().mapToDouble(Counter::count).sum();
  }
}
