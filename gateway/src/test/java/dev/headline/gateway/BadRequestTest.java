package dev.headline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRequestTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @ParameterizedTest
  @CsvSource({
    "/api/v1/feed?limit=0, limit, 0",
    "/api/v1/feed?limit=101, limit, 101",
    "/api/v1/feed?limit=-1, limit, -1",
    "/api/v1/feed?limit=007, limit, 007",
    "/api/v1/feed?limit=, limit, ''",
    "/api/v1/feed?limit, limit, ''",
    "/api/v1/feed?limit=2147483648, limit, 2147483648",
    "/api/v1/feed?limit=%D9%A1, limit, \u0661",
    "/api/v1/feed?limit=1%00, limit, '1\u0000'",
    "/api/v1/feed?follower=0, follower, 0",
    "/api/v1/feed?follower=me, follower, me",
    "/api/v1/feed?follower=9223372036854775808, follower, 9223372036854775808",
    "/api/v1/feed?explain=all, explain, all",
    "/api/v1/feed?explain=plan&limit=0, limit, 0",
    "/api/v1/feed?fields=, fields, ''",
    "'/api/v1/feed?fields=Content_Info,', fields, 'Content_Info,'",
    "/api/v1/contents/0, id, 0",
    "/api/v1/contents/-5, id, -5",
    "/api/v1/contents/1.0, id, 1.0",
    "/api/v1/contents/99999999999999999999, id, 99999999999999999999",
    "/api/v1/contents/x/comments, id, x",
    "/api/v1/users/%27%20OR%201=1, id, ''' OR 1=1'",
  })
  void aValueThatCannotBeIsNamed(String path, String name, String value) {
    Reply reply = gateway.get(path);

    assertProblem(reply, 400, "invalid-parameter");
    assertThat(reply.json("/errors/0/name").stringValue()).isEqualTo(name);
    assertThat(reply.json("/errors/0/value").stringValue()).isEqualTo(value);
    assertThat(gateway.services().calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/contents/1;a=b",
        "/api/v1/contents/1;",
        "/api/v1/contents;a=b/1",
        "/api/v1/feed;limit=5",
        "/api/v1/users/1;x?explain=plan",
      })
  void aPathHasNoParameters(String path) {
    Reply reply = gateway.get(path);

    assertProblem(reply, 400, "unknown-parameter");
    assertThat(gateway.services().calls()).isZero();
  }

  @Test
  void aSemicolonBehindTheQuestionMarkIsAValueLikeAnyOther() {
    assertThat(gateway.get("/api/v1/feed?cursor=a;b").status()).isEqualTo(200);
  }

  @Test
  void aCursorOrAListOfFieldsMayBeTooLong() {
    assertProblem(gateway.get("/api/v1/feed?cursor=" + "c".repeat(513)), 400, "invalid-parameter");
    assertProblem(
        gateway.get("/api/v1/feed?fields=" + "f".repeat(1_025)), 400, "invalid-parameter");
    assertProblem(
        gateway.get("/api/v1/feed?fields=" + "Content_Info,".repeat(32) + "Content_Info"),
        400,
        "invalid-parameter");
    assertThat(gateway.get("/api/v1/feed?cursor=" + "c".repeat(512)).status()).isEqualTo(200);
  }

  @Test
  void aLongValueIsNotEchoedWhole() {
    Reply reply = gateway.get("/api/v1/feed?cursor=" + "c".repeat(600));

    assertThat(reply.json("/errors/0/value").stringValue()).hasSizeLessThan(100).endsWith("…");
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/feed?limt=5, limt, limit",
    "/api/v1/feed?Cursor=5, Cursor, cursor",
    "/api/v1/contents/1?field=Content_Info, field, fields",
    "/api/v1/contents/1/comments?explian=plan, explian, explain",
  })
  void aParameterThatDoesNotExistIsNamedWithTheNearestOne(String path, String name, String near) {
    Reply reply = gateway.get(path);

    assertProblem(reply, 400, "unknown-parameter");
    assertThat(reply.json("/errors/0/name").stringValue()).isEqualTo(name);
    assertThat(reply.json("/errors/0/nearest").stringValue()).isEqualTo(near);
    assertThat(reply.json("/detail").stringValue()).contains("did you mean '" + near + "'?");
  }

  @Test
  void aParameterLikeNoOtherHasNoNearestOne() {
    Reply reply = gateway.get("/api/v1/users/1?utm_campaign=1");

    assertProblem(reply, 400, "unknown-parameter");
    assertThat(reply.json("/errors/0/nearest").isMissingNode()).isTrue();
  }

  @Test
  void aParameterMayBeGivenOnce() {
    Reply reply = gateway.get("/api/v1/feed?limit=5&limit=6");

    assertProblem(reply, 400, "repeated-parameter");
    assertThat(reply.json("/errors/0/name").stringValue()).isEqualTo("limit");
  }

  @Test
  void aFieldThatDoesNotExistIsNamedWithTheNearestOne() {
    Reply reply = gateway.get("/api/v1/feed?fields=Content_Info,Content.Usr_Info");

    assertProblem(reply, 400, "unknown-field");
    assertThat(reply.json("/errors/0/name").stringValue()).isEqualTo("fields");
    assertThat(reply.json("/errors/0/value").stringValue()).isEqualTo("Content.Usr_Info");
    assertThat(reply.json("/errors/0/nearest").stringValue()).isEqualTo("Content.User_Info");
    assertThat(gateway.services().calls()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "2001", "fast", "1e3", "", "99999999999999999999"})
  void aDeadlineThatCannotBeIsNamed(String deadline) {
    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", deadline);

    assertProblem(reply, 400, "invalid-header");
    assertThat(reply.json("/errors/0/name").stringValue()).isEqualTo("X-Deadline-Ms");
    assertThat(reply.json("/errors/0/value").stringValue()).isEqualTo(deadline);
    assertThat(reply.json("/detail").stringValue()).contains("1 to 2000");
  }

  @Test
  void aDeadlineMayBeGivenOnce() {
    Reply reply = gateway.get("/api/v1/feed", "X-Deadline-Ms", "100", "X-Deadline-Ms", "200");

    assertProblem(reply, 400, "invalid-header");
  }

  private static void assertProblem(Reply reply, int status, String type) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json("").propertyNames())
        .contains("type", "title", "status", "detail", "instance", "request_id");
    assertThat(reply.json("/type").stringValue()).isEqualTo("/problems/" + type);
    assertThat(reply.json("/status").intValue()).isEqualTo(status);
    assertThat(reply.json("/request_id").stringValue()).isEqualTo(reply.header("X-Request-Id"));
    assertThat(reply.text()).doesNotContain("Exception").doesNotContain("dev.headline");
  }
}
