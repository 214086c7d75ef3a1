package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Execution;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Health;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
import dev.headline.rpc.Tried;
import dev.headline.rpc.balance.Balancing;
import dev.headline.rpc.balance.SlowStart;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.BalancePolicy;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against servers in this process, whom no call reaches: what is picked is all that matters. */
class PickInstanceTest {

  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  private final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));
  private final List<GovernedServer> servers = new ArrayList<>();
  private final List<Instance> instances = new ArrayList<>();
  private final Set<Instance> ill = ConcurrentHashMap.newKeySet();
  private final AtomicLong now = new AtomicLong();
  private final Cluster cluster =
      new Cluster(Balancing.with(new SlowStart(Duration.ofSeconds(20))), now::get, this::health);
  private final PickInstance link =
      new PickInstance(cluster, new BalancePolicy.PeakEwma(Duration.ofSeconds(10)));
  private final Target target =
      new Target(KEY, CallPolicy.DEFAULT, governance.meters().client(KEY), governance.decisions());

  private Health health(Instance instance) {
    return () -> !ill.contains(instance);
  }

  @AfterEach
  void close() {
    cluster.close();
    servers.forEach(GovernedServer::close);
  }

  private void serve(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      var server =
          new GovernedServer(
              new Caller("user-service", "default"),
              new Address.InProcess(UUID.randomUUID().toString()),
              List.of(new UserServiceGrpc.UserServiceImplBase() {}),
              governance,
              false);
      servers.add(server);
      instances.add(instance(server.start()));
    }
    cluster.replace(instances);
    Awaitility.await().until(() -> cluster.members().ready().size() == instances.size());
  }

  private Instance instance(Address address) {
    return new Instance(
        "user-service-" + (instances.size() + 1), "user-service", "default", address, 100);
  }

  private Call<BatchGetRequest, BatchGetResponse> call() {
    return new Call<>(
        UserServiceGrpc.getBatchGetMethod(),
        BatchGetRequest.getDefaultInstance(),
        target,
        new Metadata());
  }

  /** Where an attempt of a call goes that is answered at once. */
  private Instance picked(Call<BatchGetRequest, BatchGetResponse> call) {
    link.handle(call, after(Duration.ZERO, RpcCode.OK));
    return instanceOf(call.connection());
  }

  private static Instance instanceOf(@Nullable Connection connection) {
    if (connection == null) {
      throw new AssertionError("Nothing was picked");
    }
    return connection.instance();
  }

  /** An end of the chain that answers after a while, by the clock that is advanced by that. */
  private Endpoint after(Duration time, RpcCode code) {
    return new Endpoint() {
      @Override
      @SuppressWarnings("unchecked")
      public <Q, R> R invoke(Call<Q, R> call) {
        now.addAndGet(time.toNanos());
        if (code != RpcCode.OK) {
          throw new RpcException(code, "As asked for");
        }
        return (R) BatchGetResponse.getDefaultInstance();
      }
    };
  }

  private void fail(Duration time, RpcCode code) {
    assertThatThrownBy(() -> link.handle(call(), after(time, code))).hasMessage("As asked for");
  }

  @Test
  void eachAttemptOfACallGoesToAnotherInstance() throws IOException {
    serve(3);
    Call<BatchGetRequest, BatchGetResponse> call = call();
    call.tried(new Tried());

    List<Instance> picked = List.of(picked(call), picked(call), picked(call));

    assertThat(picked).containsExactlyInAnyOrderElementsOf(instances);
  }

  @Test
  void whenAllHaveBeenTriedOneIsTriedAgain() throws IOException {
    serve(2);
    Call<BatchGetRequest, BatchGetResponse> call = call();
    call.tried(new Tried());

    List<Instance> picked = List.of(picked(call), picked(call), picked(call));

    assertThat(picked).containsAll(instances);
  }

  @Test
  void anInstanceThatIsUnfitIsPassedOverEvenWhenAllOthersHaveBeenTried() throws IOException {
    serve(2);
    ill.add(instances.getFirst());
    Call<BatchGetRequest, BatchGetResponse> call = call();
    call.tried(new Tried());

    assertThat(List.of(picked(call), picked(call), picked(call))).containsOnly(instances.getLast());
  }

  @Test
  void whenAllAreUnfitOneIsPickedAllTheSame() throws IOException {
    serve(2);
    ill.addAll(instances);

    assertThat(picked(call())).isIn(instances);
  }

  @Test
  void anInstanceThatIsGoneGetsNoCalls() throws IOException {
    serve(2);
    cluster.replace(instances.subList(1, 2));

    for (int i = 0; i < 20; i++) {
      assertThat(picked(call())).isEqualTo(instances.getLast());
    }
  }

  @Test
  void aCallThatWasCancelledIsNotAFastAnswerAndOneThatFailedIsADearOne() throws IOException {
    serve(1);
    link.handle(call(), after(Duration.ofMillis(100), RpcCode.OK));
    assertThat(link.describe()).contains("0 in flight, 100.0 ms on average");

    fail(Duration.ofMillis(1), RpcCode.CANCELLED);
    assertThat(link.describe()).contains("0 in flight, 100.0 ms on average");

    fail(Duration.ofMillis(300), RpcCode.DEADLINE_EXCEEDED);
    assertThat(link.describe()).contains("0 in flight, 300.0 ms on average");

    fail(Duration.ofMillis(1), RpcCode.UNAVAILABLE);
    assertThat(link.describe()).contains("0 in flight, 1199.9 ms on average");

    fail(Duration.ofSeconds(100), RpcCode.NOT_FOUND);
    assertThat(link.describe()).contains("0 in flight, 100000.0 ms on average");
  }

  @Test
  void whatIsKnownOfAnInstanceOutlivesAChangeOfTheList() throws IOException {
    serve(1);
    link.handle(call(), after(Duration.ofMillis(100), RpcCode.OK));

    serve(1);

    assertThat(link.describe().lines())
        .hasSize(3)
        .anyMatch(
            line ->
                line.startsWith("user-service-1 at")
                    && line.endsWith(
                        ": connected, weight 100, 0 in flight, 100.0 ms on average with peaks"))
        .anyMatch(
            line ->
                line.startsWith("user-service-2 at")
                    && line.endsWith(
                        ": connected, starting slowly at 10 % of its weight, weight 100, 0 in"
                            + " flight, no answer yet"));
  }

  @Test
  void theStateOfEachInstanceIsInTheDescription() throws IOException {
    serve(1);
    instances.add(instance(new Address.InProcess("nobody-" + UUID.randomUUID())));
    ill.add(instances.getFirst());
    cluster.replace(instances);

    assertThat(link.describe())
        .startsWith("of two drawn by weight the one of lower cost")
        .contains("connected, passed over")
        .contains("not connected");
  }

  @Test
  void whereNoInstanceIsKnownACallIsRefusedAtOnce() {
    RpcException failure =
        catchThrowableOfType(
            RpcException.class, () -> link.handle(call(), after(Duration.ZERO, RpcCode.OK)));

    assertThat(failure.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(failure.execution()).isEqualTo(Execution.NOT_EXECUTED);
    assertThat(failure).hasMessage("No instance of user-service in cluster default is known");
    assertThat(target.decisions().latest().getFirst().reason()).isEqualTo(failure.getMessage());
  }
}
