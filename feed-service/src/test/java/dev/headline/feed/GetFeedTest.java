package dev.headline.feed;

import static dev.headline.feed.Index.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.feed.dal.FeedEntry;
import dev.headline.feed.v1.FeedServiceGrpc;
import dev.headline.feed.v1.Following;
import dev.headline.feed.v1.GetFeedRequest;
import dev.headline.feed.v1.GetFeedResponse;
import dev.headline.feed.v1.Newest;
import dev.headline.infra.junit.FreshDatabase;
import dev.headline.infra.junit.WithServers;
import dev.headline.infra.postgres.PostgresCluster;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@WithServers
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GetFeedTest {

  private static final long READER = 5;

  private static final GetFeedRequest NEWEST =
      GetFeedRequest.newBuilder().setNewest(Newest.getDefaultInstance()).build();

  private final Index index;
  private final FakeUsers users = new FakeUsers();
  private final Platform platform = new Platform();
  private final FeedServiceGrpc.FeedServiceBlockingStub stub;

  GetFeedTest(PostgresCluster cluster, FreshDatabase database) throws IOException {
    index = new Index(cluster, database);
    platform.serve("user-service", users);
    platform.serve(
        "feed-service", new Wiring().feedHandler(index.router, index.blocks, platform.clients));
    stub = FeedServiceGrpc.newBlockingStub(platform.clients.channel("feed-service"));
  }

  @BeforeEach
  void begin() {
    index.empty();
    users.following.clear();
  }

  @AfterAll
  void stop() {
    platform.close();
    index.close();
  }

  @Test
  void theNewestComeFirstAndOfOneMomentTheGreaterId() {
    index.add(entry(1, 7, 10), entry(2, 7, 30), entry(3, 8, 20), entry(4, 9, 20));

    assertThat(stub.getFeed(NEWEST).getContentIdsList()).containsExactly(2L, 4L, 3L, 1L);
  }

  @Test
  void anEmptyIndexIsAnEmptyFeed() {
    assertThat(stub.getFeed(NEWEST)).isEqualTo(GetFeedResponse.getDefaultInstance());
  }

  @Test
  void aReaderSeesThePeopleTheyFollowAndNobodyElse() {
    users.following.put(READER, List.of(7L, 9L, 11L));
    index.add(entry(1, 7, 10), entry(2, 8, 30), entry(3, 9, 20), entry(4, 7, 40));

    assertThat(stub.getFeed(following(READER)).getContentIdsList()).containsExactly(4L, 3L, 1L);
  }

  @Test
  void whoeverFollowsNobodySeesNothing() {
    index.add(entry(1, 7, 10));

    assertThat(stub.getFeed(following(READER))).isEqualTo(GetFeedResponse.getDefaultInstance());
  }

  @Test
  void aWalkThroughTheNewestShowsEachOnceWhileOthersArePublished() {
    assertThat(walk(NEWEST))
        .containsExactlyElementsOf(
            LongStream.iterate(50, id -> id > 0, id -> id - 1).boxed().toList());
  }

  @Test
  void aWalkThroughFollowingShowsEachOnceWhileOthersArePublished() {
    users.following.put(READER, List.of(0L, 1L, 2L, 3L).stream().map(n -> 100 + n).toList());

    assertThat(walk(following(READER)))
        .containsExactlyElementsOf(
            LongStream.iterate(50, id -> id > 0, id -> id - 1)
                .filter(id -> id % 5 != 4)
                .boxed()
                .toList());
  }

  /** 50 contents by five authors, three a second, with one more before each page. */
  private List<Long> walk(GetFeedRequest feed) {
    index.add(
        LongStream.rangeClosed(1, 50)
            .mapToObj(id -> entry(id, 100 + id % 5, id / 3))
            .toArray(FeedEntry[]::new));
    List<Long> shown = new ArrayList<>();
    String cursor = "";
    long published = 1_000;
    do {
      GetFeedResponse page = stub.getFeed(feed.toBuilder().setLimit(7).setCursor(cursor).build());
      shown.addAll(page.getContentIdsList());
      cursor = page.getNextCursor();
      published++;
      index.add(entry(published, 100, published));
    } while (!cursor.isEmpty());
    return shown;
  }

  @Test
  void aFullLastPageHasNoCursor() {
    index.add(entry(1, 7, 10), entry(2, 7, 20));

    assertThat(stub.getFeed(limit(2)).getNextCursor()).isEmpty();
    assertThat(stub.getFeed(limit(1)).getNextCursor()).isNotEmpty();
  }

  @Test
  void aPageHasTwentyEntriesIfNobodySaysOtherwise() {
    index.add(
        LongStream.rangeClosed(1, 120).mapToObj(id -> entry(id, 7, id)).toArray(FeedEntry[]::new));

    assertThat(stub.getFeed(NEWEST).getContentIdsList()).hasSize(20);
    assertThat(stub.getFeed(limit(100)).getContentIdsList()).hasSize(100);
  }

  @Test
  void whatIsAskedOutsideTheContractIsRefused() {
    assertFails(RpcCode.INVALID_ARGUMENT, () -> stub.getFeed(limit(101)));
    assertFails(RpcCode.INVALID_ARGUMENT, () -> stub.getFeed(limit(-1)));
    assertFails(RpcCode.INVALID_ARGUMENT, () -> stub.getFeed(following(0)));
    assertFails(RpcCode.INVALID_ARGUMENT, () -> stub.getFeed(GetFeedRequest.getDefaultInstance()));
  }

  @Test
  void aCursorOfAnotherFeedIsRefused() {
    users.following.put(READER, List.of(7L));
    index.add(entry(1, 7, 10), entry(2, 7, 20));
    String cursor = stub.getFeed(limit(1)).getNextCursor();
    String ofReader =
        stub.getFeed(following(READER).toBuilder().setLimit(1).build()).getNextCursor();

    assertFails(RpcCode.INVALID_ARGUMENT, () -> stub.getFeed(at(following(READER), cursor)));
    assertFails(RpcCode.INVALID_ARGUMENT, () -> stub.getFeed(at(NEWEST, ofReader)));
    assertFails(RpcCode.INVALID_ARGUMENT, () -> stub.getFeed(at(following(READER + 1), ofReader)));
    assertThat(stub.getFeed(at(following(READER), ofReader)).getContentIdsList())
        .containsExactly(1L);
  }

  @Test
  void withoutUserServiceOnlyTheFollowingFeedIsAway() throws IOException {
    index.add(entry(1, 7, 10));
    try (var alone = new Platform()) {
      alone.serve(
          "feed-service", new Wiring().feedHandler(index.router, index.blocks, alone.clients));
      var stub = FeedServiceGrpc.newBlockingStub(alone.clients.channel("feed-service"));

      assertThat(stub.getFeed(NEWEST).getContentIdsList()).containsExactly(1L);
      assertFails(RpcCode.UNAVAILABLE, () -> stub.getFeed(following(READER)));
    }
  }

  private static GetFeedRequest limit(int limit) {
    return NEWEST.toBuilder().setLimit(limit).build();
  }

  private static GetFeedRequest following(long userId) {
    return GetFeedRequest.newBuilder()
        .setFollowing(Following.newBuilder().setUserId(userId))
        .build();
  }

  private static GetFeedRequest at(GetFeedRequest feed, String cursor) {
    return feed.toBuilder().setCursor(cursor).build();
  }

  private static void assertFails(RpcCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(failure -> assertThat(RpcException.from(failure).code()).isEqualTo(code));
  }
}
