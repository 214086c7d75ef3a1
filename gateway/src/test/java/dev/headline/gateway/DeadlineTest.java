package dev.headline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headline.gateway.RunningGateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeadlineTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @Test
  void withoutAnAnswerInTimeThereIsAProblem() {
    gateway.services().feed.hangs();

    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", "150");

    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/deadline-exceeded");
    await().untilAsserted(() -> assertThat(gateway.services().feed.cancelled()).isOne());
  }

  @Test
  void aClientMayAskForLessAndTheServicesKnow() {
    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", "700");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(gateway.services().feed.remainingMillis()).hasSize(1).allMatch(left -> left <= 700);
    assertThat(gateway.services().users.remainingMillis()).hasSize(1).allMatch(left -> left <= 700);
  }

  @Test
  void aClientMayAskForMore() {
    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", "1900");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(gateway.services().feed.remainingMillis())
        .hasSize(1)
        .allMatch(left -> left > 900 && left <= 1_900);
  }

  @Test
  void whoDoesNotAskHasEightHundredMilliseconds() {
    Reply reply = gateway.get("/api/v1/feed");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(gateway.services().feed.remainingMillis())
        .hasSize(1)
        .allMatch(left -> left > 300 && left <= 800);
  }

  @Test
  void theDeadlineEndsTheCallsBehind() {
    gateway.services().contents.hangs();
    gateway.services().topComments.hangs();

    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", "150");

    assertThat(reply.status()).isEqualTo(504);
    await().untilAsserted(() -> assertThat(gateway.services().contents.cancelled()).isOne());
    await().untilAsserted(() -> assertThat(gateway.services().topComments.cancelled()).isOne());
  }

  @Test
  void whoeverAsksIsToldWhichServiceTookTheTime() {
    gateway.services().feed.hangs();

    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", "150", "X-Headline-Debug", "ledger");

    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.header("X-Headline-Ledger"))
        .startsWith("1")
        .contains(" given, ", "feed-service/default/GetFeed", "DEADLINE_EXCEEDED");
  }

  @Test
  void whoeverAsksIsToldAlsoIfAllIsWell() {
    Reply reply = gateway.get("/api/v1/feed", "X-Headline-Debug", "ledger");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("X-Headline-Ledger"))
        .contains(
            "feed-service/default/GetFeed",
            "content-service/default/BatchGet",
            "user-service/default/BatchGet",
            "comment-service/default/BatchTop");
  }

  @Test
  void whoeverDoesNotAskIsNotTold() {
    gateway.services().feed.hangs();

    assertThat(gateway.get("/api/v1/feed", "X-Deadline-Ms", "150").header("X-Headline-Ledger"))
        .isEmpty();
  }
}
