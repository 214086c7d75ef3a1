package dev.headline.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A method whose contract does not say that it may run twice. */
@ParameterizedClass
@EnumSource
class WritesTest extends TwoInTurns {

  private static final MethodDescriptor<BatchGetRequest, BatchGetResponse> WRITE =
      UserServiceGrpc.getBatchGetMethod().toBuilder()
          .setFullMethodName("headline.test.WriteService/Write")
          .setSafe(false)
          .setIdempotent(false)
          .build();

  private final AtomicInteger written = new AtomicInteger();

  WritesTest(Transport transport) {
    super(transport);
  }

  @Test
  void aMethodThatIsNotIdempotentIsCalledOnce() throws IOException {
    try (var server =
        new GovernedServer(
            Pair.USER_SERVICE, address(), List.of(writes()), pair.governance, false)) {
      pair.directory.register(
          new Instance(
              "writes", "write-service", "default", server.start(), Instance.DEFAULT_WEIGHT));
      var channel = pair.clients.channel("write-service");
      Awaitility.await().until(() -> pair.clients.isReady("write-service"));

      var failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(channel, WRITE, CallOptions.DEFAULT, Users.ask(1)));
      assertThat(RpcException.from(failure).code()).isEqualTo(RpcCode.UNAVAILABLE);
      assertThat(written).hasValue(1);
    }
  }

  private BindableService writes() {
    return () ->
        ServerServiceDefinition.builder("headline.test.WriteService")
            .addMethod(
                WRITE,
                ServerCalls.asyncUnaryCall(
                    (request, observer) -> {
                      written.incrementAndGet();
                      throw gone();
                    }))
            .build();
  }
}
