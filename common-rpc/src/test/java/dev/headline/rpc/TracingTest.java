package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.rpc.telemetry.RpcSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What belongs to a trace, and which span to which. */
class TracingTest {

  private Traced hops = new Traced(Sampler.alwaysOn());

  @AfterEach
  void close() {
    hops.close();
  }

  @Test
  void aRequestThatFansOutOverThreeHopsIsOneTraceWithoutOrphans() throws IOException {
    hops.serve("user-service", Users::everybody);
    var toUsers = hops.stub("content-service", "user-service");
    hops.serve("content-service", request -> Traced.fanOut(3, toUsers));
    var toContents = hops.stub("feed-service", "content-service");
    hops.serve("feed-service", request -> Traced.fanOut(2, toContents));
    var toFeed = hops.stub("gateway", "feed-service");

    Traced.asRequest(
        () ->
            hops.spans.root(
                "GET /feed", "r1", RpcException::from, () -> toFeed.batchGet(Users.ask(1))));

    // 1 + 2 + 6 calls, each with its attempt and its server, beneath one root.
    var trace = new Trace(hops.spans(28));
    assertThat(trace.root().getName()).isEqualTo("GET /feed");
    assertThat(trace.spans())
        .hasSize(28)
        .extracting(SpanData::getTraceId)
        .containsOnly(trace.root().getTraceId());
    assertThat(trace.kinds()).isEqualTo(Map.of(SpanKind.SERVER, 10L, SpanKind.CLIENT, 18L));
  }

  @Test
  void anAttemptIsTheChildOfItsCallAndTheParentOfWhatTheServerDoes() throws IOException {
    hops.serve("user-service", Users::everybody);
    var stub = hops.stub("gateway", "user-service");

    Traced.asRequest(() -> stub.batchGet(Users.ask(1)));

    var trace = new Trace(hops.spans(3));
    SpanData call = trace.first();
    SpanData attempt = trace.childOf(call);
    SpanData server = trace.childOf(attempt);
    assertThat(call.getName()).isEqualTo("headline.user.v1.UserService/BatchGet");
    assertThat(attempt.getAttributes().get(RpcSpans.KIND)).isEqualTo("first");
    assertThat(attempt.getAttributes().get(RpcSpans.INSTANCE)).isEqualTo("user-service-1");
    assertThat(attempt.getAttributes().get(RpcSpans.WAIT_NANOS)).isPositive();
    assertThat(server.getKind()).isEqualTo(SpanKind.SERVER);
    for (SpanData each : trace.spans()) {
      assertThat(each.getAttributes().get(RpcSpans.FROM)).isEqualTo("gateway");
      assertThat(each.getAttributes().get(RpcSpans.FROM_CLUSTER)).isEqualTo("default");
      assertThat(each.getAttributes().get(RpcSpans.TO)).isEqualTo("user-service");
      assertThat(each.getAttributes().get(RpcSpans.TO_CLUSTER)).isEqualTo("default");
      assertThat(each.getAttributes().get(RpcSpans.METHOD)).isEqualTo("BatchGet");
      assertThat(each.getAttributes().get(RpcSpans.CODE)).isEqualTo("OK");
    }
  }

  @Test
  void aFaultIsAnErrorAndARefusalOfTheQuestionIsNot() throws IOException {
    hops.serve(
        "user-service",
        request -> {
          throw new RpcException(
              request.getIds(0) == 1 ? RpcCode.UNAVAILABLE : RpcCode.NOT_FOUND, "Not today");
        });
    var stub = hops.stub("gateway", "user-service");

    assertThat(catchThrowable(() -> Traced.asRequest(() -> stub.batchGet(Users.ask(1)))))
        .isNotNull();
    assertThat(hops.spans(3))
        .extracting(each -> each.getStatus().getStatusCode())
        .containsOnly(StatusCode.ERROR);
    hops.forget();
    assertThat(catchThrowable(() -> Traced.asRequest(() -> stub.batchGet(Users.ask(2)))))
        .isNotNull();
    assertThat(hops.spans(3))
        .extracting(each -> each.getStatus().getStatusCode())
        .containsOnly(StatusCode.UNSET);
  }

  @Test
  void aDefectInTheWorkOfARequestIsAnErrorOfItsTrace() {
    assertThat(
            catchThrowable(
                () ->
                    hops.spans.root(
                        "GET /feed",
                        "r1",
                        RpcException::from,
                        () -> {
                          throw new IllegalStateException("a defect");
                        })))
        .isInstanceOf(IllegalStateException.class);

    SpanData root = new Trace(hops.spans(1)).root();
    assertThat(root.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(root.getAttributes().get(RpcSpans.CODE)).isEqualTo("INTERNAL");
  }

  @Test
  void aRequestThatIsNotTracedAtItsBeginIsTracedNowhere() throws IOException {
    hops.close();
    hops = new Traced(Sampler.alwaysOff());
    hops.serve("user-service", Users::everybody);
    var toUsers = hops.stub("content-service", "user-service");
    hops.serve("content-service", request -> Traced.fanOut(2, toUsers));
    var toContents = hops.stub("gateway", "content-service");

    boolean traced =
        Traced.asRequest(
            () ->
                hops.spans.root(
                    "GET /feed",
                    "r1",
                    RpcException::from,
                    () -> {
                      toContents.batchGet(Users.ask(1));
                      return Span.current().getSpanContext().isSampled();
                    }));

    assertThat(traced).isFalse();
    assertThat(hops.spans(0)).isEmpty();
  }
}
