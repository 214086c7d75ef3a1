package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.generic.Catalog;
import dev.headline.rpc.generic.GenericClient;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.user.v1.UserOuterClass;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that a stand-in answers when they fail, and how that is seen. */
@ParameterizedClass
@EnumSource
class FallbackTest extends WithFallbacks {

  FallbackTest(Transport transport) {
    super(transport);
  }

  @Test
  void fallbackAboveMeteringAFailureThatIsHiddenIsStillCounted() {
    failing(RpcCode.INTERNAL);

    assertThat(name()).isEqualTo("stand-in for INTERNAL");
    assertThat(pair.series(MetricNames.CLIENT_DURATION))
        .singleElement()
        .asString()
        .contains("code=INTERNAL");
    assertThat(
            pair.meters
                .get(MetricNames.CLIENT_DECISIONS)
                .tags("to", "user-service", "link", "Fallback", "outcome", "fallback")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void aFailureThatIsHiddenIsSeenByTheRequestAndAmongTheDecisions() {
    failing(RpcCode.UNAVAILABLE);

    within(
        request -> {
          name();
          assertThat(request.notes().degraded())
              .containsExactly(
                  new Degraded(
                      "user-service", "BatchGet", RpcCode.UNAVAILABLE, "UNAVAILABLE: On purpose"));
        });

    assertThat(clients.explanations().getFirst().decisions())
        .first()
        .extracting(Decision::link, Decision::outcome, Decision::reason)
        .containsExactly("Fallback", "fallback", "UNAVAILABLE: On purpose");
  }

  @Test
  void whatIsHiddenTwoHopsAwayIsSeenAtTheFirst() throws IOException {
    failing(RpcCode.INTERNAL);
    var front = new Users();
    front.answer = request -> stub.batchGet(request);
    try (var first = new Pair(PATIENT)) {
      first.serve(front, address());
      within(
          request -> {
            var _ = first.stub.batchGet(Users.ask(1));
            assertThat(request.notes().degraded())
                .containsExactly(
                    new Degraded(
                        "user-service",
                        "BatchGet",
                        RpcCode.INTERNAL,
                        "INTERNAL: hidden by a callee"));
          });
    }
  }

  @Test
  void whatSucceedsIsNotDegraded() {
    within(
        request -> {
          assertThat(stub.batchGet(Users.ask(7)).getUsers(0).getId()).isEqualTo(7);
          assertThat(request.notes().degraded()).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(
      names = {"NOT_FOUND", "INVALID_ARGUMENT", "PERMISSION_DENIED", "ABORTED", "CANCELLED"})
  void anAnswerThatRefusesWhatWasAskedIsNoFaultToHide(RpcCode code) {
    failing(code);

    assertThatThrownBy(this::name)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(RpcException.from(e).code()).isEqualTo(code));
  }

  // That it must not is what the annotations say; they hold nobody who does not check them.
  @Test
  @SuppressWarnings("NullAway")
  void aFallbackThatGivesNullLeavesTheFailure() {
    failing(RpcCode.UNAVAILABLE);
    try (var other =
        clientsWith(
            Fallbacks.NONE.with(UserServiceGrpc.getBatchGetMethod(), (request, failure) -> null))) {
      assertThatThrownBy(() -> ask(other)).hasMessageContaining("On purpose");
      assertThat(other.explanations().getFirst().decisions())
          .first()
          .extracting(Decision::outcome)
          .isEqualTo("fallback failed");
    }
  }

  @Test
  void aCallWithJsonIsAnsweredByTheSameFallback() {
    failing(RpcCode.UNAVAILABLE);
    var json =
        new GenericClient(
            clients, Catalog.of(Map.of("user-service", UserOuterClass.getDescriptor())));

    assertThat(json.call("user-service", "BatchGet", "{\"ids\": [1]}"))
        .contains("\"stand-in for UNAVAILABLE\"");
  }

  @Test
  void thatTheRequestItselfIsOverIsNeverHidden() {
    try (var other = clientsWith(everything());
        var request = Pair.request(LONG)) {
      request.cancel("The client has left");

      assertThatThrownBy(() -> request.context().call(() -> ask(other)))
          .hasMessageContaining("CANCELLED");
      assertThat(request.context().notes().degraded()).isEmpty();
    }
  }

  @Test
  void fallbackAboveDeadlineBudgetACallThatIsTooSlowIsAnsweredInTheTimeKeptBack() {
    users.answer = OverEachTransport::untilCancelled;
    publish(CallPolicy.within(Duration.ofMillis(100)));

    within(request -> assertThat(name()).isEqualTo("stand-in for DEADLINE_EXCEEDED"));
  }

  @Test
  void aFallbackThatFailsLeavesTheFailureAsItWas() {
    assertLeftAsItWas(
        Fallbacks.NONE.with(
            UserServiceGrpc.getBatchGetMethod(),
            (request, failure) -> {
              throw new IllegalStateException("Nor this");
            }));
  }

  @Test
  void aRuleThatCannotJudgeAFailureLeavesItAsItWas() {
    assertLeftAsItWas(
        Fallbacks.NONE.with(
            UserServiceGrpc.getBatchGetMethod(),
            failure -> {
              throw new IllegalStateException("No judgement");
            },
            (request, failure) -> Users.named("hidden")));
  }

  @Test
  void theApplicationMayHideOtherFailures() {
    failing(RpcCode.NOT_FOUND);
    try (var other = clientsWith(everything())) {
      assertThat(ask(other)).isEqualTo("hidden");
    }
  }

  private static Fallbacks everything() {
    return Fallbacks.NONE.with(
        UserServiceGrpc.getBatchGetMethod(),
        failure -> true,
        (request, failure) -> Users.named("hidden"));
  }

  private Clients clientsWith(Fallbacks others) {
    var made = new Clients(Pair.GATEWAY, pair.directory, governed.with(others));
    Awaitility.await().until(() -> made.isReady("user-service"));
    return made;
  }

  private void assertLeftAsItWas(Fallbacks broken) {
    failing(RpcCode.INTERNAL);
    try (var other = clientsWith(broken)) {
      assertThatThrownBy(() -> ask(other)).hasMessage("INTERNAL: On purpose");
      assertThat(other.explanations().getFirst().decisions())
          .first()
          .extracting(Decision::outcome)
          .isEqualTo("fallback failed");
    }
  }
}
