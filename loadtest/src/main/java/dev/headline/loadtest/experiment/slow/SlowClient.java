package dev.headline.loadtest.experiment.slow;

import dev.headline.loadtest.experiment.child.Latencies;
import dev.headline.loadtest.experiment.child.OpenLoop;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.FixedDirectory;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.UserServiceGrpc;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The child that calls. Its arguments are an {@link Arm} and the addresses of all instances; to a
 * rate and milliseconds it answers with {@link Latencies}.
 */
final class SlowClient {

  private static final Caller CALLER = new Caller("gateway", CallKey.DEFAULT_CLUSTER);
  private static final Duration BUDGET = Duration.ofMillis(800);
  private static final BatchGetRequest QUESTION = BatchGetRequest.newBuilder().addIds(1).build();

  private final UserServiceGrpc.UserServiceBlockingStub stub;

  private SlowClient(UserServiceGrpc.UserServiceBlockingStub stub) {
    this.stub = stub;
  }

  public static void main(String... arguments) throws IOException {
    List<Address> instances = Stream.of(arguments).skip(1).map(Address::parse).toList();
    var client = new SlowClient(stub(Arm.valueOf(arguments[0]), instances));
    var questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String question; (question = questions.readLine()) != null; ) {
      String[] parts = question.split(" ", -1);
      Duration time = Duration.ofMillis(Long.parseLong(parts[1]));
      System.out.println(client.call(Integer.parseInt(parts[0]), time));
    }
    System.exit(0);
  }

  // It is connected until the process ends.
  @SuppressWarnings("resource")
  private static UserServiceGrpc.UserServiceBlockingStub stub(Arm arm, List<Address> instances) {
    var clients =
        new Clients(
            CALLER,
            FixedDirectory.of(CallKey.DEFAULT_CLUSTER, Map.of(SlowServer.SERVICE, instances)),
            Governance.of(
                new PolicyTable(arm.policy(), List.of()),
                new RpcMeters(new SimpleMeterRegistry())));
    return UserServiceGrpc.newBlockingStub(clients.channel(SlowServer.SERVICE));
  }

  private Latencies call(int perSecond, Duration time) {
    return OpenLoop.run(perSecond, time, () -> this::call);
  }

  private void call() {
    try (var scope = RequestContext.open(CALLER, BUDGET)) {
      var _ = scope.context().call(() -> stub.batchGet(QUESTION));
    }
  }
}
