package dev.headline.content.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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
import dev.headline.content.v1.ImportContentsResponse;
import dev.headline.content.v1.ImportLikesRequest;
import dev.headline.content.v1.Like;
import dev.headline.content.v1.ListChangesRequest;
import dev.headline.content.v1.ListChangesResponse;
import dev.headline.content.v1.NewContent;
import dev.headline.data.ReplicaRouter;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The contract, against real Postgres with a replica. */
@WithServers
class ContentHandlerTest {

  private static final Timestamp TIME =
      Timestamp.newBuilder().setSeconds(1_700_000_000).setNanos(123_456_000).build();

  private ReplicaRouter router;
  private Articles articles;
  private PostgresCluster cluster;
  private ContentHandler handler;

  @BeforeEach
  void open(FreshDatabase database, PostgresCluster postgres) {
    cluster = postgres;
    router = ContentDatabase.open(database);
    articles = ContentDatabase.uncached(router);
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
    router.close();
  }

  @Test
  void aContentIsReadAsImported() {
    long id = importContents(content("a").setBody("Quotes ' and \\ too")).getIds(0);
    like(id, 1, 2);

    assertThat(batchGet(id, id, 404))
        .containsExactly(
            Content.newBuilder()
                .setId(id)
                .setAuthorId(7)
                .setTitle("A title")
                .setBody("Quotes ' and \\ too")
                .setPublisher("example.org")
                .setPublishedAt(TIME)
                .setLikeCount(2)
                .build());
  }

  @Test
  void theLastMomentThereIsStaysInItsYear() {
    Timestamp last = timestamp("9999-12-31T23:59:59.999999900Z");
    long id = importContents(content("a").setPublishedAt(last)).getIds(0);

    Timestamp kept = timestamp("9999-12-31T23:59:59.999999Z");
    assertThat(batchGet(id).getFirst().getPublishedAt()).isEqualTo(kept);
    assertThat(changes("", 10).getChanges(0).getPublished().getPublishedAt()).isEqualTo(kept);
  }

  private static Timestamp timestamp(String text) {
    Instant instant = Instant.parse(text);
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  @Test
  void repeatingABatchChangesNothing() {
    ImportContentsResponse first = importContents(content("b"), content("a"), content("b"));
    ImportContentsResponse second = importContents(content("a"), content("c"), content("b"));

    assertThat(first.getCreated()).isEqualTo(2);
    assertThat(first.getIds(2)).isEqualTo(first.getIds(0));
    assertThat(second.getCreated()).isEqualTo(1);
    assertThat(second.getIds(0)).isEqualTo(first.getIds(1));
    assertThat(second.getIds(2)).isEqualTo(first.getIds(0));
  }

  @Test
  void changesAreReadFromWhereTheReaderIs() {
    importContents(content("a"), content("b"));
    ListChangesResponse first = changes("", 1);
    ListChangesResponse second = changes(first.getNextPosition(), 10);
    ListChangesResponse third = changes(second.getNextPosition(), 10);

    assertThat(first.getChangesList()).hasSize(1);
    assertThat(second.getChangesList()).hasSize(1);
    assertThat(second.getChanges(0).getPublished().getPublishedAt()).isEqualTo(TIME);
    assertThat(third.getChangesList()).isEmpty();
    assertThat(third.getNextPosition()).isEqualTo(second.getNextPosition());
  }

  @Test
  void whatBreaksALimitIsRefusedBeforeTheDatabaseIsAsked() {
    router.close();

    assertRefused(() -> batchGet(-1), "ids must be positive");
    assertRefused(() -> batchGet(new long[101]), "ids may have at most 100");
    assertRefused(() -> importContents(content("")), "contents.source_key must have 1 to 100");
    assertRefused(() -> importContents(content("a").setAuthorId(0)), "contents.author_id");
    assertRefused(
        () -> importContents(content("a").setTitle("t".repeat(301))),
        "contents.title must have 1 to 300 characters, but has 301");
    assertRefused(() -> importContents(content("a").setBody("b".repeat(20_001))), "contents.body");
    assertRefused(() -> importContents(content("a").setBody("\0")), "must not contain NUL");
    assertRefused(() -> importContents(content("a").clearPublishedAt()), "published_at is missing");
    assertRefused(
        () ->
            importContents(
                content("a").setPublishedAt(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE))),
        "in the years 1 to 9999");
    assertRefused(() -> like(0, 1), "likes.content_id must be positive");
    assertRefused(() -> changes("1.x", 1), "after_position is not one");
    assertRefused(() -> changes("", 1_001), "limit must be 1 to 1000");
    assertRefused(
        () ->
            Replies.of(
                handler::listChanges,
                ListChangesRequest.newBuilder().setWaitMillis(20_001).build()),
        "wait_millis must be 0 to 20000");
  }

  private static NewContent.Builder content(String key) {
    return NewContent.newBuilder()
        .setSourceKey(key)
        .setAuthorId(7)
        .setTitle("A title")
        .setPublisher("example.org")
        .setPublishedAt(TIME);
  }

  private ImportContentsResponse importContents(NewContent.Builder... contents) {
    var request = ImportContentsRequest.newBuilder();
    List.of(contents).forEach(request::addContents);
    return Replies.of(handler::importContents, request.build());
  }

  private void like(long content, long... users) {
    var request = ImportLikesRequest.newBuilder();
    for (long user : users) {
      request.addLikes(Like.newBuilder().setContentId(content).setUserId(user));
    }
    Replies.of(handler::importLikes, request.build());
  }

  private List<Content> batchGet(long... ids) {
    cluster.awaitReplicas(Duration.ofSeconds(5));
    var request = BatchGetRequest.newBuilder();
    for (long id : ids) {
      request.addIds(id);
    }
    return Replies.of(handler::batchGet, request.build()).getContentsList();
  }

  private ListChangesResponse changes(String after, int limit) {
    return Replies.of(
        handler::listChanges,
        ListChangesRequest.newBuilder()
            .setAfterPosition(after)
            .setLimit(limit)
            .setWaitMillis(300)
            .build());
  }

  private static void assertRefused(ThrowingCallable call, String sentence) {
    RpcException refused = catchThrowableOfType(RpcException.class, call);
    assertThat(refused).hasMessageContaining(sentence);
    assertThat(refused.code()).isEqualTo(RpcCode.INVALID_ARGUMENT);
  }
}
