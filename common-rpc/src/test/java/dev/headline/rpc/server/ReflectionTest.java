package dev.headline.rpc.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.rpc.transport.Channels;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReflectionTest {

  @Test
  void aServerThatMayBeAskedNamesWhatItServes() throws IOException {
    assertThat(askedWhatIsServed(true).toString()).contains("headline.user.v1.UserService");
  }

  @Test
  void anyOtherServerDoesNotKnowTheQuestion() {
    assertThatThrownBy(() -> askedWhatIsServed(false))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
  }

  private static ServerReflectionResponse askedWhatIsServed(boolean reflection) throws IOException {
    var address = new Address.InProcess(UUID.randomUUID().toString());
    var governance = Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));
    var users = new UserServiceGrpc.UserServiceImplBase() {};
    var self = new Caller("user-service", "default");
    try (var server = new GovernedServer(self, address, List.of(users), governance, reflection)) {
      ManagedChannel channel = Channels.open(server.start());
      var answer = new CompletableFuture<ServerReflectionResponse>();
      StreamObserver<ServerReflectionRequest> question =
          ServerReflectionGrpc.newStub(channel).serverReflectionInfo(completing(answer));
      question.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
      try {
        return answer.join();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static <T> StreamObserver<T> completing(CompletableFuture<T> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T value) {
        answer.complete(value);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        answer.completeExceptionally(new IllegalStateException("Completed without an answer"));
      }
    };
  }
}
