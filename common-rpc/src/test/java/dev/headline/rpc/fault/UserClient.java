package dev.headline.rpc.fault;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.Policies;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** A caller of the user service, governed by a policy. */
final class UserClient implements AutoCloseable {

  static final Caller GATEWAY = new Caller("gateway", "default");

  /**
   * The same method as one that may not be sent twice, which is what a contract says of a write.
   */
  private static final MethodDescriptor<BatchGetRequest, BatchGetResponse> WRITE =
      UserServiceGrpc.getBatchGetMethod().toBuilder().setIdempotent(false).setSafe(false).build();

  private volatile CallPolicy governing;
  private final Policies policies;
  private final Clients clients;
  private final Channel channel;

  UserClient(Directory directory, CallPolicy policy) {
    this(GATEWAY, directory, policy);
  }

  UserClient(Caller self, Directory directory, CallPolicy policy) {
    governing = policy;
    policies = new Policies(table(policy));
    var governance = Governance.of(policies, new RpcMeters(new SimpleMeterRegistry()));
    clients = new Clients(self, directory, governance);
    channel = clients.channel(Fleet.SERVICE);
  }

  /** Governs by another policy from the next call on. */
  void govern(CallPolicy policy) {
    governing = policy;
    policies.publish(table(policy));
  }

  /** Makes one call, and returns which instance answered it. */
  String ask() {
    return ask(1);
  }

  /** Makes one call with that number in it. */
  String ask(long number) {
    return call(UserServiceGrpc.getBatchGetMethod(), number);
  }

  /** Makes a call that may not be made twice. */
  String write(long number) {
    return call(WRITE, number);
  }

  private String call(MethodDescriptor<BatchGetRequest, BatchGetResponse> method, long number) {
    var request = BatchGetRequest.newBuilder().addIds(number).build();
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request)
        .getUsers(0)
        .getDisplayName();
  }

  private static PolicyTable table(CallPolicy policy) {
    return new PolicyTable(policy, List.of());
  }

  /**
   * Waits until each of these instances has answered, without guards meanwhile: what a cold machine
   * does wrong is no evidence against an instance.
   */
  void awaitAnswersOf(Collection<ServerProcess> processes) {
    policies.publish(table(Guards.NONE.with(governing.route())));
    Set<String> missing = new HashSet<>();
    processes.forEach(process -> missing.add(process.id()));
    Awaitility.await()
        .atMost(Duration.ofSeconds(15))
        .pollInterval(Duration.ofMillis(10))
        .ignoreExceptions()
        .until(
            () -> {
              missing.remove(ask());
              return missing.isEmpty();
            });
    policies.publish(table(governing));
  }

  @Override
  public void close() {
    clients.close();
  }
}
