package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.MetricNames;
import dev.headline.rpc.transport.Channels;
import dev.headline.rpc.transport.Listeners;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What we make of peers that are not ours, or break the rules. */
@ParameterizedClass
@EnumSource
class PeersTest extends OverEachTransport {

  PeersTest(Transport transport) {
    super(transport);
  }

  @Test
  void aReplyThatIsSentTwiceIsNoReply() throws IOException {
    // A server that thinks it is unary would not let a second reply out.
    var streaming =
        UserServiceGrpc.getBatchGetMethod().toBuilder()
            .setType(MethodType.SERVER_STREAMING)
            .build();
    var handler =
        ServerServiceDefinition.builder(UserServiceGrpc.SERVICE_NAME)
            .addMethod(streaming, PeersTest::replyTwice)
            .build();
    Address address = address();
    Server plain = Listeners.prepare(address).addService(handler).build().start();
    try (var other = new Pair(CallPolicy.within(LONG))) {
      other.register("plain", Listeners.actual(address, plain));
      var failure =
          catchThrowableOfType(
              StatusRuntimeException.class, () -> other.stub.batchGet(Users.ask(1)));
      assertThat(RpcException.from(failure).code()).isEqualTo(RpcCode.INTERNAL);
    } finally {
      plain.shutdownNow();
    }
  }

  private static ServerCall.Listener<BatchGetRequest> replyTwice(
      ServerCall<BatchGetRequest, BatchGetResponse> call, Metadata headers) {
    call.request(1);
    return new ServerCall.Listener<>() {
      @Override
      public void onHalfClose() {
        call.sendHeaders(new Metadata());
        call.sendMessage(BatchGetResponse.getDefaultInstance());
        call.sendMessage(BatchGetResponse.getDefaultInstance());
        call.close(Status.OK, new Metadata());
      }
    };
  }

  @Test
  void aCallWhoseHeaderIsMalformedIsRefusedAndCounted() throws IOException {
    var server =
        new GovernedServer(Pair.USER_SERVICE, address(), List.of(users), pair.governance, false);
    ManagedChannel plain = Channels.open(server.start());
    try {
      var headers = new Metadata();
      headers.put(CallHeader.KEY, "gateway/default;+1");
      var stub =
          UserServiceGrpc.newBlockingStub(plain)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));

      var failure =
          catchThrowableOfType(StatusRuntimeException.class, () -> stub.batchGet(Users.ask(1)));
      assertThat(RpcException.from(failure).code()).isEqualTo(RpcCode.INVALID_ARGUMENT);
      assertThat(users.calls).hasValue(0);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(pair.series(MetricNames.SERVER_DURATION))
                      .singleElement()
                      .asString()
                      .contains("code=INVALID_ARGUMENT", "from=unknown"));
    } finally {
      plain.shutdownNow();
      server.close();
    }
  }

  @Test
  void aRequestThatIsSentTwiceReachesNoHandler() throws IOException {
    var server =
        new GovernedServer(Pair.USER_SERVICE, address(), List.of(users), pair.governance, false);
    ManagedChannel plain = Channels.open(server.start());
    try {
      var closed = new CompletableFuture<Status>();
      var call = plain.newCall(UserServiceGrpc.getBatchGetMethod(), CallOptions.DEFAULT);
      call.start(
          new ClientCall.Listener<>() {
            @Override
            public void onClose(Status status, Metadata trailers) {
              closed.complete(status);
            }
          },
          new Metadata());
      call.request(2);
      call.sendMessage(Users.ask(1));
      call.sendMessage(Users.ask(2));
      call.halfClose();

      assertThat(closed.join().getCode()).isEqualTo(Status.Code.INTERNAL);
      assertThat(users.calls).hasValue(0);
    } finally {
      plain.shutdownNow();
      server.close();
    }
  }

  @Test
  void aPlainClientMayCallOurServer() throws IOException {
    Address address = address();
    var server =
        new GovernedServer(Pair.USER_SERVICE, address, List.of(users), pair.governance, false);
    ManagedChannel plain = Channels.open(server.start());
    try {
      assertThat(UserServiceGrpc.newBlockingStub(plain).batchGet(Users.ask(7)).getUsersCount())
          .isEqualTo(1);
      Awaitility.await()
          .untilAsserted(
              () ->
                  assertThat(pair.series(MetricNames.SERVER_DURATION))
                      .singleElement()
                      .asString()
                      .contains("from=unknown"));
    } finally {
      plain.shutdownNow();
      server.close();
    }
  }

  @Test
  void theHealthServiceOfGrpcAnswers() throws IOException {
    var server =
        new GovernedServer(Pair.USER_SERVICE, address(), List.of(users), pair.governance, false);
    ManagedChannel plain = Channels.open(server.start());
    try {
      var health = HealthGrpc.newBlockingStub(plain);
      assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
          .isEqualTo(ServingStatus.SERVING);
    } finally {
      plain.shutdownNow();
      server.close();
    }
  }

  @Test
  void ourClientMayCallAPlainServer() throws IOException {
    Address address = address();
    var plainUsers = new Users();
    Server plain = Listeners.prepare(address).addService(plainUsers).build().start();
    try (var other = new Pair(CallPolicy.within(LONG))) {
      other.register("plain", Listeners.actual(address, plain));
      assertThat(other.stub.batchGet(Users.ask(7)).getUsersCount()).isEqualTo(1);
    } finally {
      plain.shutdownNow();
    }
  }
}
