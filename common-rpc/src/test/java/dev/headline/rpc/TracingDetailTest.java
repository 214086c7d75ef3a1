package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headline.rpc.policy.Detail;
import dev.headline.rpc.telemetry.RpcSpans;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much of a call a trace tells. */
class TracingDetailTest {

  private Traced hops = new Traced(Sampler.alwaysOn());

  @AfterEach
  void close() {
    hops.close();
  }

  @Test
  void howMuchIsToldChangesWithTheNextCall() throws IOException {
    hops.serve("user-service", Users::everybody);
    var stub = hops.stub("gateway", "user-service");

    hops.tell(Detail.BASIC);
    Traced.asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(hops.attempts()).isZero();

    hops.tell(Detail.STANDARD);
    Traced.asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(hops.spans(3)).hasSize(3);
    assertThat(hops.attempts()).isEqualTo(1);

    hops.tell(Detail.BASIC);
    Traced.asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(hops.attempts()).isEqualTo(1);
    assertThat(hops.spans(3)).hasSize(3);
  }

  @Test
  void phasesAreTimedOfOneAttemptInEightAndWithFullDetailOfEach() throws IOException {
    hops.serve("user-service", Users::everybody);
    var stub = hops.stub("gateway", "user-service");

    hops.tell(Detail.STANDARD);
    for (int i = 0; i < 17; i++) {
      Traced.asRequest(() -> stub.batchGet(Users.ask(1)));
    }
    assertThat(hops.phases("wait")).isEqualTo(3);

    hops.tell(Detail.FULL);
    for (int i = 0; i < 5; i++) {
      Traced.asRequest(() -> stub.batchGet(Users.ask(1)));
    }
    assertThat(hops.phases("wait")).isEqualTo(8);
  }

  @Test
  void withFullDetailADecisionIsAnEventOfTheCallThatItFellIn() throws IOException {
    hops.close();
    hops =
        new Traced(
            Sampler.alwaysOn(), Suite.named("test").with(Place.AROUND_CALL, _ -> new Decides()));
    hops.serve("user-service", Users::everybody);
    var stub = hops.stub("gateway", "user-service");

    hops.tell(Detail.STANDARD);
    Traced.asRequest(() -> stub.batchGet(Users.ask(1)));
    assertThat(hops.spans(3)).allSatisfy(each -> assertThat(each.getEvents()).isEmpty());

    hops.forget();
    hops.tell(Detail.FULL);
    Traced.asRequest(() -> stub.batchGet(Users.ask(1)));
    SpanData call = new Trace(hops.spans(3)).first();
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
    hops.tell(Detail.BASIC);

    String here =
        Traced.asRequest(
            () ->
                hops.spans.root(
                    "GET /feed",
                    "r1",
                    RpcException::from,
                    () -> {
                      String there = stub.batchGet(Users.ask(1)).getUsers(0).getDisplayName();
                      return there.equals(Span.current().getSpanContext().getTraceId())
                          ? "same"
                          : there;
                    }));

    assertThat(here).isEqualTo("same");
    assertThat(hops.spans(1)).hasSize(1);
  }

  private static final class Decides implements Middleware {

    @Override
    public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
      call.target().decisions().record(name(), "wondered", "It had time");
      return next.invoke(call);
    }
  }
}
