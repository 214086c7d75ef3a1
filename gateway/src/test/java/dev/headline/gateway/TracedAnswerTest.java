package dev.headline.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.gateway.RunningGateway.Reply;
import io.grpc.Metadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an answer says of its trace. */
class TracedAnswerTest {

  private static final Metadata.Key<String> TRACE =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  /** Nobody listens there; what is recorded is recorded all the same. */
  @RegisterExtension
  static final RunningGateway traced =
      new RunningGateway(
          "--management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:1/v1/traces",
          "--management.tracing.sampling.probability=1.0");

  @RegisterExtension static final RunningGateway untraced = new RunningGateway();

  @Test
  void anAnswerNamesItsRequestAndItsTrace() {
    Reply reply = traced.get("/api/v1/users/1", "X-Request-Id", "mine");

    assertThat(reply.json("/meta/request_id").stringValue()).isEqualTo("mine");
    assertThat(traced.services().header(TRACE))
        .startsWith("00-" + reply.json("/meta/trace_id").stringValue() + "-");
  }

  @Test
  void soDoesAProblem() {
    Reply reply = traced.get("/api/v1/users/404", "X-Request-Id", "mine");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.json("/request_id").stringValue()).isEqualTo("mine");
    assertThat(traced.services().header(TRACE))
        .startsWith("00-" + reply.json("/trace_id").stringValue() + "-");
  }

  @Test
  void aRequestThatIsNotRecordedHasNoTrace() {
    assertThat(untraced.get("/api/v1/users/1").json("/meta/trace_id").isMissingNode()).isTrue();
    assertThat(untraced.get("/api/v1/users/404").json("/trace_id").isMissingNode()).isTrue();
  }
}
