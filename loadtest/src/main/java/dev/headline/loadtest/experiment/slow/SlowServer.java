package dev.headline.loadtest.experiment.slow;

import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.AdmissionPolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The child that is an instance. Its argument is how many milliseconds a call takes. It says where
 * it listens, and then, whenever it is asked, how many calls have come.
 */
final class SlowServer {

  /**
   * The clients are judged: a server that refuses what is too much would do a part of their work.
   */
  private static final PolicyTable UNLIMITED =
      new PolicyTable(CallPolicy.DEFAULT.with(new AdmissionPolicy.Off()), List.of());

  static final String SERVICE = "user-service";

  private SlowServer() {}

  // It serves until the process ends.
  @SuppressWarnings("resource")
  public static void main(String... arguments) throws IOException {
    var users = new Users(Duration.ofMillis(Long.parseLong(arguments[0])));
    var server =
        new GovernedServer(
            new Caller(SERVICE, CallKey.DEFAULT_CLUSTER),
            new Address.Tcp("127.0.0.1", 0),
            List.of(users),
            Governance.of(UNLIMITED, new RpcMeters(new SimpleMeterRegistry())),
            false);
    System.out.println(server.start());
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (questions.readLine() != null) {
      System.out.println(users.calls);
    }
    System.exit(0);
  }

  private static final class Users extends UserServiceGrpc.UserServiceImplBase {

    private final AtomicLong calls = new AtomicLong();
    private final Duration serviceTime;

    Users(Duration serviceTime) {
      this.serviceTime = serviceTime;
    }

    @Override
    public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
      calls.incrementAndGet();
      try {
        Thread.sleep(serviceTime);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      observer.onNext(BatchGetResponse.getDefaultInstance());
      observer.onCompleted();
    }
  }
}
