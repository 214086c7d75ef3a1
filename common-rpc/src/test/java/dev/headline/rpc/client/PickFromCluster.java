package dev.headline.rpc.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Connection;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Health;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.Target;
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

/**
 * A pick among servers in this process, whom no call reaches: what is picked is all that matters.
 * The clock is moved by the calls.
 */
abstract class PickFromCluster {

  static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");

  final Governance governance =
      Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry()));
  final List<GovernedServer> servers = new ArrayList<>();
  final List<Instance> instances = new ArrayList<>();
  final Set<Instance> ill = ConcurrentHashMap.newKeySet();
  final AtomicLong now = new AtomicLong();
  final Cluster cluster =
      new Cluster(Balancing.with(new SlowStart(Duration.ofSeconds(20))), now::get, this::health);
  final PickInstance link =
      new PickInstance(cluster, new BalancePolicy.PeakEwma(Duration.ofSeconds(10)));
  final Target target =
      new Target(KEY, CallPolicy.DEFAULT, governance.meters().client(KEY), governance.decisions());

  Health health(Instance instance) {
    return () -> !ill.contains(instance);
  }

  @AfterEach
  void close() {
    cluster.close();
    servers.forEach(GovernedServer::close);
  }

  void serve(int count) throws IOException {
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

  Instance instance(Address address) {
    return new Instance(
        "user-service-" + (instances.size() + 1), "user-service", "default", address, 100);
  }

  Call<BatchGetRequest, BatchGetResponse> call() {
    return new Call<>(
        UserServiceGrpc.getBatchGetMethod(),
        BatchGetRequest.getDefaultInstance(),
        target,
        new Metadata());
  }

  /** Where an attempt of a call goes that is answered at once. */
  Instance picked(Call<BatchGetRequest, BatchGetResponse> call) {
    link.handle(call, after(Duration.ZERO, RpcCode.OK));
    return instanceOf(call.connection());
  }

  static Instance instanceOf(@Nullable Connection connection) {
    if (connection == null) {
      throw new AssertionError("Nothing was picked");
    }
    return connection.instance();
  }

  /** An end of the chain that answers after a while, by the clock that is advanced by that. */
  Endpoint after(Duration time, RpcCode code) {
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

  void fail(Duration time, RpcCode code) {
    assertThatThrownBy(() -> link.handle(call(), after(time, code))).hasMessage("As asked for");
  }
}
