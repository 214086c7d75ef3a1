package dev.headline.gateway;

import static dev.headline.gateway.Samples.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.comment.v1.ListCommentsRequest;
import dev.headline.gateway.RunningGateway.Reply;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcesTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @Test
  void aContentHasTheShapeOfAnItem() {
    Reply alone = gateway.get("/api/v1/contents/2");

    assertThat(alone.status()).isEqualTo(200);
    assertThat(alone.json("/content")).isEqualTo(gateway.get("/api/v1/feed").json("/items/1"));
    assertThat(alone.json("/meta/degraded")).isEmpty();
  }

  @Test
  void aContentHasTheFieldsAskedFor() {
    Reply reply = gateway.get("/api/v1/contents/2?fields=Content.User_Info");

    assertThat(reply.json("/content/author/id").stringValue()).isEqualTo("1001");
    assertThat(reply.json("/content/comments").isMissingNode()).isTrue();
    assertThat(gateway.services().calls()).isEqualTo(2);
  }

  @Test
  void aUserIsShown() {
    Reply reply = gateway.get("/api/v1/users/12");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("/user/id").stringValue()).isEqualTo("12");
    assertThat(reply.json("/user/display_name").stringValue()).isEqualTo("User 12");
    assertThat(reply.json("/meta/request_id").stringValue()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/contents/" + NOBODY, "/api/v1/users/" + NOBODY})
  void whatDoesNotExistIsNotFound(String path) {
    Reply reply = gateway.get(path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/not-found");
    assertThat(reply.json("/instance").stringValue()).isEqualTo(path);
    assertThat(reply.json("/detail").stringValue()).contains("404");
  }

  @Test
  void commentsComeWithThoseWhoWroteThem() {
    Reply reply = gateway.get("/api/v1/contents/5/comments?limit=2&cursor=xyz");

    assertThat(reply.json("/items")).hasSize(2);
    assertThat(reply.json("/items/0/id").stringValue()).isEqualTo("11");
    assertThat(reply.json("/items/0/author/handle").stringValue()).isEqualTo("user-2011");
    assertThat(reply.json("/next_cursor").isMissingNode()).isTrue();
    assertThat(gateway.services().comments.requests())
        .containsExactly(
            ListCommentsRequest.newBuilder().setContentId(5).setLimit(2).setCursor("xyz").build());
    assertThat(gateway.services().calls()).isEqualTo(2);
  }

  @Test
  void commentsWithoutThoseWhoWroteThemAreStillComments() {
    gateway.services().users.fails(Status.UNAVAILABLE);

    Reply reply = gateway.get("/api/v1/contents/5/comments");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("/items")).hasSize(2);
    assertThat(reply.json("/meta/degraded/0/field").stringValue()).isEqualTo("Comment.User_Info");
  }

  @Test
  void aCursorOfAnotherListIsTheClientsMistake() {
    gateway.services().comments.fails(Status.INVALID_ARGUMENT.withDescription("Not our cursor"));

    Reply reply = gateway.get("/api/v1/contents/5/comments?cursor=foreign");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json("/detail").stringValue()).isEqualTo("Not our cursor");
  }
}
