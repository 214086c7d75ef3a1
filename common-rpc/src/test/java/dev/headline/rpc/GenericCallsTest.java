package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.generic.Catalog;
import dev.headline.rpc.generic.GenericClient;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.user.v1.UserOuterClass;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A generic call is governed and answered like any other, whatever the transport. */
@ParameterizedClass
@EnumSource
class GenericCallsTest extends OverEachTransport {

  private final GenericClient client =
      new GenericClient(
          pair.clients, Catalog.of(Map.of("user-service", UserOuterClass.getDescriptor())));

  GenericCallsTest(Transport transport) {
    super(transport);
  }

  @Test
  void jsonGoesInAndJsonComesOut() {
    assertThat(call("{\"ids\": [\"9007199254740993\"]}"))
        .isEqualToIgnoringWhitespace(
            """
            {"users": [{"id": "9007199254740993", "handle": "", "display_name": ""}]}
            """);
  }

  @Test
  void generatedCodeAndJsonAreCountedUnderTheSameFiveTuple() {
    pair.stub.batchGet(Users.ask(1));
    call("{}");
    call("{}");

    assertThat(pair.series(MetricNames.CLIENT_DURATION))
        .singleElement()
        .asString()
        .contains("tag(method=BatchGet)")
        .endsWith(" 3");
  }

  @Test
  void generatedCodeAndJsonShareWhatIsLearnedOfTheMethod() {
    pair.stub.batchGet(Users.ask(1));
    call("{}");

    assertThat(pair.clients.explanations()).hasSize(1);
  }

  @Test
  void aRefusalKeepsItsCodeAndItsSentence() {
    users.answer =
        request -> {
          throw new RpcException(RpcCode.INVALID_ARGUMENT, "An id is positive");
        };

    assertThat(failureOf("{\"ids\": [-1]}"))
        .hasMessage("An id is positive")
        .extracting(RpcException::code)
        .isEqualTo(RpcCode.INVALID_ARGUMENT);
  }

  @Test
  void whatIsNoRequestIsNotSent() {
    assertThat(failureOf("{\"ids\": [1, 2, \"x\"]}"))
        .hasMessage("ids[2]: not a 64-bit integer: \"x\"")
        .extracting(RpcException::code)
        .isEqualTo(RpcCode.INVALID_ARGUMENT);
    assertThat(users.calls).hasValue(0);
  }

  @Test
  void theDeadlineOfTheRequestBoundsTheCall() {
    users.answer = OverEachTransport::untilCancelled;

    try (var request = Pair.request(Duration.ofMillis(200))) {
      RpcException failure = request.context().call(() -> failureOf("{}"));
      assertThat(failure.code()).isEqualTo(RpcCode.DEADLINE_EXCEEDED);
    }
  }

  @Test
  void aMethodThatTheServerDoesNotServeIsUnimplemented() {
    RpcException failure =
        catchThrowableOfType(
            RpcException.class, () -> client.call("user-service", "ListFollowing", "{}"));

    assertThat(failure.code()).isEqualTo(RpcCode.UNIMPLEMENTED);
  }

  private String call(String json) {
    return client.call("user-service", "BatchGet", json);
  }

  private RpcException failureOf(String json) {
    return catchThrowableOfType(RpcException.class, () -> call(json));
  }
}
