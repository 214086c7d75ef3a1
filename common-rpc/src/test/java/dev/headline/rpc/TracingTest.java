package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.telemetry.RpcSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TracingTest {

  private static final Duration LONG = Duration.ofSeconds(20);

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

    asRequest(() -> hops.spans.root("GET /feed", "r1", () -> toFeed.batchGet(Users.ask(1))));

    // 1 + 2 + 6 calls, each with its attempt and its server, beneath one root.
    List<SpanData> all = hops.spans(28);
    assertThat(all).hasSize(28).extracting(SpanData::getTraceId).containsOnly(traceOf(all));
    assertThat(all)
        .filteredOn(each -> !hasParentIn(all, each))
        .singleElement()
        .extracting(SpanData::getName)
        .isEqualTo("GET /feed");
    assertThat(kinds(all)).isEqualTo(Map.of(SpanKind.SERVER, 10L, SpanKind.CLIENT, 18L));
  }

  @Test
  void anAttemptIsTheChildOfItsCallAndTheParentOfWhatTheServerDoes() throws IOException {
    hops.serve("user-service", Users::everybody);
    var stub = hops.stub("gateway", "user-service");

    asRequest(() -> stub.batchGet(Users.ask(1)));

    List<SpanData> all = hops.spans(3);
    SpanData call = child(all, SpanId.getInvalid());
    SpanData attempt = child(all, call.getSpanId());
    SpanData server = child(all, attempt.getSpanId());
    assertThat(call.getName()).isEqualTo("headline.user.v1.UserService/BatchGet");
    assertThat(attempt.getAttributes().get(RpcSpans.KIND)).isEqualTo("first");
    assertThat(attempt.getAttributes().get(RpcSpans.INSTANCE)).isEqualTo("user-service-1");
    assertThat(attempt.getAttributes().get(RpcSpans.WAIT_NANOS)).isPositive();
    assertThat(server.getKind()).isEqualTo(SpanKind.SERVER);
    for (SpanData each : all) {
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

    assertThat(catchThrowable(() -> asRequest(() -> stub.batchGet(Users.ask(1))))).isNotNull();
    assertThat(hops.spans(3))
        .extracting(each -> each.getStatus().getStatusCode())
        .containsOnly(StatusCode.ERROR);
    hops.forget();
    assertThat(catchThrowable(() -> asRequest(() -> stub.batchGet(Users.ask(2))))).isNotNull();
    assertThat(hops.spans(3))
        .extracting(each -> each.getStatus().getStatusCode())
        .containsOnly(StatusCode.UNSET);
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
        asRequest(
            () ->
                hops.spans.root(
                    "GET /feed",
                    "r1",
                    () -> {
                      toContents.batchGet(Users.ask(1));
                      return Span.current().getSpanContext().isSampled();
                    }));

    assertThat(traced).isFalse();
    assertThat(hops.spans(0)).isEmpty();
  }

  @Test
  void howMuchIsToldChangesWithTheNextCall() throws IOException {
    hops.serve("user-service", Users::everybody);
    var stub = hops.stub("gateway", "user-service");

    tell(Detail.BASIC);
    asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(attempts()).isZero();

    tell(Detail.STANDARD);
    asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(hops.spans(3)).hasSize(3);
    assertThat(attempts()).isEqualTo(1);

    tell(Detail.BASIC);
    asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(attempts()).isEqualTo(1);
    assertThat(hops.spans(3)).hasSize(3);
  }

  @Test
  void withFullDetailADecisionIsAnEventOfTheCallThatItFellIn() throws IOException {
    hops.close();
    hops =
        new Traced(
            Sampler.alwaysOn(), Suite.named("test").with(Place.AROUND_CALL, _ -> new Decides()));
    hops.serve("user-service", Users::everybody);
    var stub = hops.stub("gateway", "user-service");

    tell(Detail.STANDARD);
    asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(hops.spans(3)).allSatisfy(each -> assertThat(each.getEvents()).isEmpty());

    hops.forget();
    tell(Detail.FULL);
    asRequest(() -> stub.batchGet(Users.ask(1)));
    SpanData call = child(hops.spans(3), SpanId.getInvalid());
    assertThat(call.getEvents())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getName()).isEqualTo("wondered");
              assertThat(event.getAttributes().get(RpcSpans.LINK)).isEqualTo("Decides");
              assertThat(event.getAttributes().get(RpcSpans.REASON)).isEqualTo("It had time");
            });
  }

  @Test
  void aCallThatIsNotToldOfStillPassesTheTraceOn() throws IOException {
    hops.serve(
        "user-service", request -> Users.named(Span.current().getSpanContext().getTraceId()));
    var stub = hops.stub("gateway", "user-service");
    tell(Detail.BASIC);

    String here =
        asRequest(
            () ->
                hops.spans.root(
                    "GET /feed",
                    "r1",
                    () -> {
                      String there = stub.batchGet(Users.ask(1)).getUsers(0).getDisplayName();
                      return there.equals(Span.current().getSpanContext().getTraceId())
                          ? "same"
                          : there;
                    }));

    assertThat(here).isEqualTo("same");
    assertThat(hops.spans(1)).hasSize(1);
  }

  private void tell(Detail detail) {
    hops.policies.publish(new PolicyTable(CallPolicy.within(LONG).with(detail), List.of()));
  }

  private long attempts() {
    return hops.registry.find(RpcMeters.ATTEMPT_DURATION).timers().stream()
        .mapToLong(timer -> timer.count())
        .sum();
  }

  private static <T> T asRequest(Supplier<T> work) {
    try (var request = Pair.request(LONG)) {
      return request.context().call(work);
    }
  }

  private static boolean hasParentIn(List<SpanData> all, SpanData one) {
    return all.stream().anyMatch(each -> each.getSpanId().equals(one.getParentSpanId()));
  }

  private static SpanData child(List<SpanData> all, String parent) {
    return all.stream()
        .filter(each -> each.getParentSpanId().equals(parent))
        .findFirst()
        .orElseThrow();
  }

  private static String traceOf(List<SpanData> all) {
    return all.getFirst().getTraceId();
  }

  private static Map<SpanKind, Long> kinds(List<SpanData> all) {
    return all.stream().collect(Collectors.groupingBy(SpanData::getKind, Collectors.counting()));
  }

  private static final class Decides implements Middleware {

    @Override
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      call.target().decisions().record(name(), "wondered", "It had time");
      return next.invoke(call);
    }
  }
}
