package dev.headline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainTest {

  @RegisterExtension static final RunningGateway gateway = new RunningGateway();

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/feed", "/api/v1/contents/1", "/api/v1/contents/1/comments"})
  void aPlanIsToldAndNotRun(String path) {
    Reply reply = gateway.get(path + "?explain=plan");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json("").propertyNames()).containsExactlyInAnyOrder("explain", "meta");
    assertThat(reply.json("/explain/plan/fields")).isNotEmpty();
    assertThat(reply.json("/explain/analysis").isMissingNode()).isTrue();
    assertThat(gateway.services().calls()).isZero();
  }

  @Test
  void aPlanSaysWhatNeedsWhat() {
    Reply reply = gateway.get("/api/v1/feed?explain=plan&fields=Content.User_Info");

    assertThat(reply.json("/explain/plan/fields")).hasSize(2);
    assertThat(reply.json("/explain/plan/fields/0/field").stringValue()).isEqualTo("Content_Info");
    assertThat(reply.json("/explain/plan/fields/0/asked").booleanValue()).isFalse();
    assertThat(reply.json("/explain/plan/fields/1/field").stringValue())
        .isEqualTo("Content.User_Info");
    assertThat(reply.json("/explain/plan/fields/1/needs").stringValue()).isEqualTo("Content_Info");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/feed", "/api/v1/contents/1", "/api/v1/contents/1/comments"})
  void anAnalysisComesBesideTheAnswer(String path) {
    Reply reply = gateway.get(path + "?explain=analyze");

    assertThat(reply.json("").propertyNames()).containsAnyOf("items", "content");
    assertThat(reply.json("/explain/plan/fields")).isNotEmpty();
    assertThat(reply.json("/explain/analysis/took_micros").isIntegralNumber()).isTrue();
    assertThat(reply.json("/explain/analysis/fields/0/calls").intValue()).isEqualTo(1);
    assertThat(reply.json("/explain/analysis/fields/0/outcome").stringValue()).isEqualTo("OK");
  }
}
