package dev.headline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialAnswerTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @Test
  void aPageWithoutAuthorsIsStillAPage() {
    gateway.services().users.fails(Status.UNAVAILABLE.withDescription("10.0.0.1 is on fire"));

    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("/items")).hasSize(3);
    assertThat(reply.json("/items/0/author").isMissingNode()).isTrue();
    assertThat(reply.json("/items/0/author_id").stringValue()).isEqualTo("1001");
    assertThat(reply.json("/items/0/comments/count").intValue()).isEqualTo(7);
    assertThat(reply.json("/meta/degraded")).hasSize(1);
    assertThat(reply.json("/meta/degraded/0/field").stringValue()).isEqualTo("Content.User_Info");
    assertThat(reply.json("/meta/degraded/0/reason").stringValue()).isEqualTo("UNAVAILABLE");
    assertThat(reply.json("/meta/degraded/0/missing").intValue()).isEqualTo(2);
    assertThat(reply.text()).doesNotContain("10.0.0.1");
  }

  @Test
  void aServiceThatHangsCostsItsFieldAndNotThePage() {
    gateway.services().users.hangs();

    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", "300");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("/items")).hasSize(3);
    assertThat(reply.json("/meta/degraded/0/field").stringValue()).isEqualTo("Content.User_Info");
    assertThat(reply.json("/meta/degraded/0/reason").stringValue()).isEqualTo("DEADLINE_EXCEEDED");
    assertThat(reply.json("/meta/took_ms").intValue()).isBetween(250, 2_000);
  }

  @Test
  void commentsThatFailAreNamed() {
    gateway.services().topComments.fails(Status.INTERNAL);

    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.json("/items/0/author/id").stringValue()).isEqualTo("1001");
    assertThat(reply.json("/items/0/comments").isMissingNode()).isTrue();
    assertThat(reply.json("/meta/degraded/0/field").stringValue())
        .isEqualTo("Content.Comment_Info");
    assertThat(reply.json("/meta/degraded/0/missing").intValue()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID_ARGUMENT, 400, refused-argument",
    "NOT_FOUND, 404, not-found",
    "INTERNAL, 502, service-failed",
    "UNKNOWN, 502, service-failed",
    "UNIMPLEMENTED, 502, service-failed",
    "CANCELLED, 502, service-failed",
    "PERMISSION_DENIED, 502, service-failed",
    "UNAVAILABLE, 503, unavailable",
    "RESOURCE_EXHAUSTED, 503, overloaded",
    "DEADLINE_EXCEEDED, 504, deadline-exceeded",
  })
  void withoutTheFeedThereIsNoPage(Status.Code code, int status, String type) {
    gateway.services().feed.fails(code.toStatus().withDescription("in its own words"));

    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/" + type);
    assertThat(reply.json("/detail").stringValue().equals("in its own words"))
        .as("only a refusal repeats the words of the service")
        .isEqualTo(status < 500);
    assertThat(reply.header("Retry-After").isEmpty()).isEqualTo(status != 503);
  }

  @Test
  void withoutContentsThereIsNoPage() {
    gateway.services().contents.fails(Status.UNAVAILABLE);

    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/unavailable");
  }
}
