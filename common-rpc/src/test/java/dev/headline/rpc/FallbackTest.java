package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.client.Fallbacks;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.explain.Explanation;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.DegradePolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.policy.RoutePolicy;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.UserServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls that are answered, left out or sent elsewhere on purpose, and how that is seen. */
@ParameterizedClass
@EnumSource
class FallbackTest extends OverEachTransport {

  private final Fallbacks fallbacks =
      Fallbacks.NONE.with(
          UserServiceGrpc.getBatchGetMethod(),
          (request, failure) -> Users.named("stand-in for " + failure.code()));

  private Governance governed = pair.governance.with(fallbacks);
  private Clients clients = new Clients(Pair.GATEWAY, pair.directory, governed);
  private UserServiceBlockingStub stub =
      UserServiceGrpc.newBlockingStub(clients.channel("user-service"));

  FallbackTest(Transport transport) {
    super(transport);
  }

  @BeforeEach
  void connect() {
    Awaitility.await().until(() -> clients.isReady("user-service"));
  }

  @AfterEach
  void disconnect() {
    clients.close();
  }

  @Test
  void fallbackAboveMeteringAFailureThatIsHiddenIsStillCounted() {
    failing(RpcCode.INTERNAL);

    assertThat(name()).isEqualTo("stand-in for INTERNAL");
    assertThat(pair.series(RpcMeters.CLIENT_DURATION))
        .singleElement()
        .asString()
        .contains("code=INTERNAL");
    assertThat(
            pair.meters
                .get(RpcMeters.CLIENT_DECISIONS)
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
    failing(RpcCode.INTERNAL);
    Fallbacks broken =
        Fallbacks.NONE.with(
            UserServiceGrpc.getBatchGetMethod(),
            (request, failure) -> {
              throw new IllegalStateException("Nor this");
            });
    try (var other = clientsWith(broken)) {
      assertThatThrownBy(() -> ask(other)).hasMessage("INTERNAL: On purpose");
      assertThat(other.explanations().getFirst().decisions())
          .first()
          .extracting(Decision::outcome)
          .isEqualTo("fallback failed");
    }
  }

  @Test
  void aRuleThatCannotJudgeAFailureLeavesItAsItWas() {
    failing(RpcCode.INTERNAL);
    Fallbacks broken =
        Fallbacks.NONE.with(
            UserServiceGrpc.getBatchGetMethod(),
            failure -> {
              throw new IllegalStateException("No judgement");
            },
            (request, failure) -> Users.named("hidden"));
    try (var other = clientsWith(broken)) {
      assertThatThrownBy(() -> ask(other)).hasMessage("INTERNAL: On purpose");
      assertThat(other.explanations().getFirst().decisions())
          .first()
          .extracting(Decision::outcome)
          .isEqualTo("fallback failed");
    }
  }

  @Test
  void theApplicationMayHideOtherFailures() {
    failing(RpcCode.NOT_FOUND);
    try (var other = clientsWith(everything())) {
      assertThat(ask(other)).isEqualTo("hidden");
    }
  }

  @Test
  void fallbackAboveDegradeACallThatIsSwitchedOffIsAnsweredWithoutBeingMade() {
    publish(PATIENT.with(switchedOff()));

    assertThat(name()).isEqualTo("stand-in for UNAVAILABLE");
    assertThat(users.calls).hasValue(0);

    publish(PATIENT);
    assertThat(name()).isEmpty();
    assertThat(users.calls).hasValue(1);
  }

  @Test
  void degradeBeneathMeteringACallThatIsSwitchedOffIsCounted() {
    publish(PATIENT.with(switchedOff()));

    assertThat(failureOfCall()).hasMessageContaining("is switched off by policy until");
    assertThat(pair.series(RpcMeters.CLIENT_DURATION))
        .singleElement()
        .asString()
        .contains("code=UNAVAILABLE");
  }

  @Test
  void degradeAboveRetryACallThatIsSwitchedOffIsNotTriedAgain() {
    publish(PATIENT.with(switchedOff()));
    var passed = new AtomicInteger();
    Suite count =
        Suite.named("count")
            .with(
                Place.AROUND_CALL,
                _ ->
                    new Middleware() {
                      @Override
                      public <Q, R> R handle(Call<Q, R> call, Endpoint next) {
                        passed.incrementAndGet();
                        return next.invoke(call);
                      }
                    });
    try (var other = new Clients(Pair.GATEWAY, pair.directory, governed.with(List.of(count)))) {
      assertThat(ask(other)).isEqualTo("stand-in for UNAVAILABLE");
      Explanation explanation = other.explanations().getFirst();
      assertThat(explanation.decisions())
          .extracting(Decision::outcome)
          .containsExactly("fallback", "switched off");
    }
    assertThat(passed).hasValue(0);
  }

  @Test
  void degradeBeneathDeadlineBudgetACallWithoutTimeIsToldSo() {
    publish(PATIENT.with(switchedOff()));
    try (var request = Pair.request(LONG)) {
      request.cancel("The client has left");

      assertThat(request.context().call(this::failureOfCall).code()).isEqualTo(RpcCode.CANCELLED);
    }
  }

  @Test
  void anotherClusterIsSwitchedToWithTheNextCallAndALaneLeadsToAThird() throws IOException {
    var green = new Users();
    green.answer = request -> Users.named("green");
    var canary = new Users();
    canary.answer = request -> Users.named("canary");
    try (var _ = serve("green", green);
        var _ = serve("canary", canary)) {
      publish(route(Map.of("green", 1), Map.of("next", "canary")));
      Awaitility.await().until(() -> clients.isReady("user-service"));
      Awaitility.await().until(() -> inLane("next").equals("canary"));

      assertThat(name()).isEqualTo("green");
      publish(PATIENT);
      assertThat(name()).isEmpty();
      assertThat(inLane("next")).isEmpty();
    }
    assertThat(users.calls).hasValue(2);
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

  private static String ask(Clients by) {
    var its = UserServiceGrpc.newBlockingStub(by.channel("user-service"));
    return its.batchGet(Users.ask(1)).getUsers(0).getDisplayName();
  }

  private GovernedServer serve(String cluster, Users service) throws IOException {
    var server =
        new GovernedServer(
            new Caller("user-service", cluster), address(), List.of(service), governed, false);
    Address address = server.start();
    pair.directory.register(new Instance(cluster + "-1", "user-service", cluster, address, 100));
    return server;
  }

  private static CallPolicy route(Map<String, Integer> weights, Map<String, String> lanes) {
    return PATIENT.with(new RoutePolicy(weights, lanes));
  }

  private static DegradePolicy switchedOff() {
    return new DegradePolicy.On(Instant.now().plusSeconds(600), "On purpose");
  }

  private void publish(CallPolicy policy) {
    governed.policies().publish(new PolicyTable(policy, List.of()));
  }

  private void failing(RpcCode code) {
    users.answer =
        request -> {
          throw new RpcException(code, "On purpose");
        };
  }

  private String name() {
    return stub.batchGet(Users.ask(1)).getUsers(0).getDisplayName();
  }

  private String inLane(String lane) {
    var origin = Origin.of(Pair.GATEWAY).with(Baggage.EMPTY.withPersistent(Baggage.LANE, lane));
    try (var request = RequestContext.open(origin, LONG)) {
      return request.context().call(this::name);
    }
  }

  private static void within(Consumer<RequestContext> work) {
    try (var request = Pair.request(LONG)) {
      request.context().run(() -> work.accept(request.context()));
    }
  }
}
