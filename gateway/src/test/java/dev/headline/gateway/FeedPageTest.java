package dev.headline.gateway;

import static dev.headline.gateway.Samples.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.feed.v1.GetFeedRequest;
import dev.headline.feed.v1.GetFeedResponse;
import dev.headline.gateway.RunningGateway.Reply;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

class FeedPageTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @Test
  void aPageShowsContentsInTheOrderOfTheFeed() {
    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json");
    assertThat(reply.json("/items")).hasSize(3);
    assertThat(reply.json("/items/0/id").stringValue()).isEqualTo("3");
    assertThat(reply.json("/items/2/id").stringValue()).isEqualTo("1");
    assertThat(reply.json("/next_cursor").stringValue()).isEqualTo("after-1");
    assertThat(reply.json("/explain").isMissingNode()).isTrue();
  }

  @Test
  void anItemHasItsContentItsAuthorAndItsTopComments() {
    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.json("/items/1").toPrettyString())
        .isEqualToIgnoringWhitespace(
            """
            {
              "id": "2",
              "title": "Title 2",
              "body": "Body 2",
              "publisher": "example.org",
              "published_at": "2026-11-01T12:00:00.250Z",
              "like_count": 4,
              "author_id": "1001",
              "author": {
                "id": "1001",
                "handle": "user-1001",
                "display_name": "User 1001",
                "created_at": "2026-11-01T12:00:00.250Z"
              },
              "comments": {
                "count": 7,
                "top": [ {
                  "id": "52",
                  "content_id": "2",
                  "author_id": "2052",
                  "text": "Text 52",
                  "created_at": "2026-11-01T12:00:00.250Z",
                  "reply_count": 1
                } ]
              }
            }
            """);
  }

  @Test
  void aPageSaysHowItCameAbout() {
    Reply reply = gateway.get("/api/v1/feed", "X-Request-Id", "my-request.1");

    assertThat(reply.json("/meta/request_id").stringValue()).isEqualTo("my-request.1");
    assertThat(reply.json("/meta/took_ms").isIntegralNumber()).isTrue();
    assertThat(reply.json("/meta/degraded").isArray()).isTrue();
    assertThat(reply.json("/meta/degraded")).isEmpty();
  }

  @Test
  void aPageOfAnySizeIsFourCalls() {
    gateway.services().feed.answers(_ -> feedOf(100));

    Reply reply = gateway.get("/api/v1/feed?limit=100");

    assertThat(reply.json("/items")).hasSize(100);
    assertThat(gateway.services().feed.calls()).isEqualTo(1);
    assertThat(gateway.services().contents.calls()).isEqualTo(1);
    assertThat(gateway.services().topComments.calls()).isEqualTo(1);
    assertThat(gateway.services().users.calls()).isEqualTo(1);
    assertThat(gateway.services().calls()).isEqualTo(4);
  }

  @Test
  void anAuthorOfManyContentsIsAskedForOnce() {
    gateway.get("/api/v1/feed");

    assertThat(gateway.services().users.requests().getFirst().getIdsList())
        .containsExactlyInAnyOrder(1_000L, 1_001L);
  }

  @Test
  void contentsAndCommentsAreLoadedAtTheSameTime() {
    var meeting = new CyclicBarrier(2);
    gateway.services().contents.after(() -> meet(meeting));
    gateway.services().topComments.after(() -> meet(meeting));

    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("/meta/degraded")).isEmpty();
    assertThat(reply.json("/items/0/comments/count").intValue()).isEqualTo(7);
  }

  @Test
  void withoutAFollowerThePageIsTheNewest() {
    gateway.get("/api/v1/feed?limit=7&cursor=abc");

    GetFeedRequest asked = gateway.services().feed.requests().getFirst();
    assertThat(asked.hasNewest()).isTrue();
    assertThat(asked.getLimit()).isEqualTo(7);
    assertThat(asked.getCursor()).isEqualTo("abc");
  }

  @Test
  void aFollowerSeesThePeopleWhomTheyFollow() {
    gateway.get("/api/v1/feed?follower=9007199254740993");

    GetFeedRequest asked = gateway.services().feed.requests().getFirst();
    assertThat(asked.getFollowing().getUserId()).isEqualTo(9_007_199_254_740_993L);
  }

  @Test
  void onlyTheFieldsAskedForAreLoaded() {
    Reply reply = gateway.get("/api/v1/feed?fields=Content_Info");

    assertThat(reply.json("/items/0/title").stringValue()).isEqualTo("Title 3");
    assertThat(reply.json("/items/0/author").isMissingNode()).isTrue();
    assertThat(reply.json("/items/0/comments").isMissingNode()).isTrue();
    assertThat(gateway.services().calls()).isEqualTo(2);
  }

  @Test
  void whoeverWroteTheCommentsCanBeAskedFor() {
    Reply reply = gateway.get("/api/v1/feed?fields=Content.Comment.User_Info");

    assertThat(reply.json("/items/0/comments/top/0/author/id").stringValue()).isEqualTo("2053");
  }

  @Test
  void theLastPageHasNoCursor() {
    gateway.services().feed.answers(_ -> feedOf(1));

    assertThat(gateway.get("/api/v1/feed").json("/next_cursor").isMissingNode()).isTrue();
  }

  @Test
  void anEmptyFeedIsAnEmptyPageAndOneCall() {
    gateway.services().feed.answers(_ -> GetFeedResponse.getDefaultInstance());

    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("/items").isArray()).isTrue();
    assertThat(reply.json("/items")).isEmpty();
    assertThat(gateway.services().calls()).isEqualTo(1);
  }

  @Test
  void aContentThatIsGoneIsLeftOut() {
    gateway
        .services()
        .feed
        .answers(_ -> GetFeedResponse.newBuilder().addContentIds(NOBODY).addContentIds(1).build());

    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.json("/items")).hasSize(1);
    assertThat(reply.json("/items/0/id").stringValue()).isEqualTo("1");
  }

  @Test
  void absentPartsAreLeftOutAndNeverNull() {
    JsonNode ownText = gateway.get("/api/v1/feed").json("/items/2");

    assertThat(ownText.propertyNames()).contains("title").doesNotContain("publisher");
  }

  private static GetFeedResponse feedOf(int contents) {
    return GetFeedResponse.newBuilder()
        .addAllContentIds(LongStream.rangeClosed(1, contents).boxed().toList())
        .build();
  }

  private static void meet(CyclicBarrier meeting) {
    try {
      meeting.await(5, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException("The other one did not come", e);
    }
  }
}
