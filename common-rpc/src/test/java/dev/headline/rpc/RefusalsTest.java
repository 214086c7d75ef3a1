package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.HedgePolicy;
import dev.headline.rpc.policy.RetryPolicy;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a caller learns of whether its failed call was executed, and of when it may come back. */
@ParameterizedClass
@EnumSource
class RefusalsTest extends OverEachTransport {

  /**
   * One attempt, so that what is learned is of that one; a connection is waited for only shortly.
   */
  private static final CallPolicy ONCE =
      CallPolicy.within(LONG).with(new RetryPolicy.Off()).with(new HedgePolicy.Off());

  RefusalsTest(Transport transport) {
    super(transport);
    pair = new Pair(ONCE);
  }

  @Test
  void aRefusalInFrontOfTheHandlerIsKnownToTheCaller() throws IOException {
    try (var other = new Pair(CallPolicy.within(LONG))) {
      var refused = RpcException.refused(RpcCode.UNAVAILABLE, "Not now");
      plain(other, refused.toStatus(), RefusalTrailer.of(refused));

      assertThat(failureOf(other.stub).execution()).isEqualTo(Execution.NOT_EXECUTED);
    }
  }

  @Test
  void aPlainServersPushbackIsHeard() throws IOException {
    try (var other = new Pair(CallPolicy.within(LONG))) {
      var trailers = new Metadata();
      trailers.put(RefusalTrailer.PUSHBACK, "70");
      plain(other, Status.FAILED_PRECONDITION, trailers);

      RpcException failure = failureOf(other.stub);
      assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
      assertThat(failure.pushback()).isEqualTo(new Pushback.After(Duration.ofMillis(70)));
    }
  }

  @Test
  void aHandlerThatHasRunHasExecutedItsCallWhateverItSays() {
    users.answer =
        request -> {
          throw RpcException.refused(RpcCode.FAILED_PRECONDITION, "Nothing was done");
        };

    RpcException failure = failureOfCall();
    assertThat(failure).hasMessage("Nothing was done");
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @Test
  void whatACalleeDidNotExecuteIsNotWhatItsCallerDidNotExecute() throws IOException {
    try (var behind = new Pair(CallPolicy.within(LONG))) {
      var refused = RpcException.refused(RpcCode.UNAVAILABLE, "Not now");
      plain(behind, refused.toStatus(), RefusalTrailer.of(refused));
      users.answer =
          request -> {
            assertThat(failureOf(behind.stub).execution()).isEqualTo(Execution.NOT_EXECUTED);
            return behind.stub.batchGet(request);
          };

      RpcException failure = failureOfCall();
      assertThat(failure.code()).isEqualTo(RpcCode.UNAVAILABLE);
      assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
    }
  }

  @Test
  void whatACalleeRefusesSaysNothingOfWhatItsCallerWasAsked() throws IOException {
    try (var behind = new Pair(CallPolicy.within(LONG))) {
      plain(behind, Status.PERMISSION_DENIED.withDescription("Not you"), new Metadata());
      users.answer =
          request -> {
            throw failureOf(behind.stub);
          };

      RpcException failure = failureOfCall();
      assertThat(failure.code()).isEqualTo(RpcCode.INTERNAL);
      assertThat(failure).hasMessage("The service failed; its log says why");
    }
  }

  @Test
  void aCallToWhomNobodyListensWasNotExecuted() throws IOException {
    Address address = address();
    var server =
        new GovernedServer(Pair.USER_SERVICE, address, List.of(users), pair.governance, false);
    Address listened = server.start();
    server.close();
    var directory = LocalDirectory.alone();
    directory.register(new Instance("gone", "user-service", "default", listened, 100));
    try (var clients = new Clients(Pair.GATEWAY, directory, pair.governance)) {
      // The transport of one that stops is not gone at once.
      Awaitility.await()
          .untilAsserted(
              () -> {
                var stub = UserServiceGrpc.newBlockingStub(clients.channel("user-service"));
                RpcException failure = failureOf(stub);
                assertThat(failure.code()).isEqualTo(RpcCode.UNAVAILABLE);
                assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
              });
    }
  }

  @Test
  void anAnswerThatOnlyRepeatsWhatAnotherServerDidIsNoProof() throws IOException {
    try (var other = new Pair(CallPolicy.within(LONG))) {
      Status repeated =
          Status.UNAVAILABLE.withDescription(
              "HTTP/2 error code: REFUSED_STREAM. Abrupt GOAWAY closed sent stream. "
                  + "HTTP/2 error code: NO_ERROR");
      plain(other, repeated, new Metadata());

      assertThat(failureOf(other.stub).execution()).isEqualTo(Execution.UNKNOWN);
    }
  }

  @Test
  void aCallThatIsCutOffMayHaveBeenExecuted() throws IOException {
    users.answer =
        request -> {
          pair.closeServers();
          return untilCancelled(request);
        };

    RpcException failure = failureOfCall();
    assertThat(failure.execution()).isEqualTo(Execution.UNKNOWN);
  }

  @Test
  void whatItMeansThatACallWasExecutedLosesNothingElseThatIsKnown() {
    var ledger = new Ledger(3, 2, 1, List.of(), 0);
    var refused =
        RpcException.refused(RpcCode.UNAVAILABLE, "No").during(Phase.WAIT).with(ledger).ofCallee();

    for (RpcException same : List.of(refused.executed(), refused.executed().notExecuted())) {
      assertThat(same.phase()).isEqualTo(Phase.WAIT);
      assertThat(same.ledger()).isEqualTo(ledger);
      assertThat(same.isOfCallee()).isTrue();
    }
  }

  @Test
  void aFailureIsNotSerializedByHalves() throws IOException {
    try (var out = new ObjectOutputStream(OutputStream.nullOutputStream())) {
      assertThatThrownBy(() -> out.writeObject(new RpcException(RpcCode.NOT_FOUND, "No")))
          .isInstanceOf(NotSerializableException.class)
          .hasMessage(RpcException.class.getName());
    }
  }

  private void plain(Pair other, Status status, Metadata trailers) throws IOException {
    var handler =
        ServerServiceDefinition.builder(UserServiceGrpc.SERVICE_NAME)
            .addMethod(
                UserServiceGrpc.getBatchGetMethod(), (call, _) -> closing(call, status, trailers))
            .build();
    Address address = address();
    Server server = Listeners.prepare(address).addService(handler).build().start();
    other.onClose(server::shutdownNow);
    other.register("plain", Listeners.actual(address, server));
    Awaitility.await().until(() -> other.clients.isReady("user-service"));
  }

  private static ServerCall.Listener<BatchGetRequest> closing(
      ServerCall<BatchGetRequest, BatchGetResponse> call, Status status, Metadata trailers) {
    call.close(status, trailers);
    return new ServerCall.Listener<>() {};
  }

  private static RpcException failureOf(UserServiceGrpc.UserServiceBlockingStub stub) {
    return RpcException.from(
        catchThrowableOfType(StatusRuntimeException.class, () -> stub.batchGet(Users.ask(1))));
  }
}
