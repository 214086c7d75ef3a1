package dev.headline.rpc;

import dev.headline.rpc.client.Clients;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import dev.headline.user.v1.UserServiceGrpc.UserServiceBlockingStub;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/**
 * Three services in a row, each with clients of its own: a calls b, and b calls c. What each does
 * besides is the test's to say.
 */
final class Hops implements AutoCloseable {

  static final List<String> NAMES = List.of("a", "b", "c");

  final AtomicInteger alive = new AtomicInteger();
  final AtomicInteger arrived = new AtomicInteger();
  final AtomicBoolean interrupted = new AtomicBoolean();
  final List<Users> services = List.of(new Users(), new Users(), new Users());
  final UserServiceBlockingStub first;
  private final LocalDirectory directory = LocalDirectory.alone();
  private final Governance governance;
  private final List<AutoCloseable> open = new ArrayList<>();

  Hops(Transport transport, CallPolicy policy) throws IOException {
    governance =
        Governance.of(new PolicyTable(policy, List.of()), new RpcMeters(new SimpleMeterRegistry()));
    for (int i = 0; i < 3; i++) {
      serve(NAMES.get(i), NAMES.get(i) + "-1", services.get(i), transport);
    }
    first = stub("gateway", "a");
    UserServiceBlockingStub second = stub("a", "b");
    UserServiceBlockingStub third = stub("b", "c");
    services.get(0).answer = request -> noted(() -> second.batchGet(request));
    services.get(1).answer = request -> noted(() -> third.batchGet(request));
  }

  /** What the last service does. */
  void last(Function<BatchGetRequest, BatchGetResponse> answer) {
    services.get(2).answer = request -> noted(() -> answer.apply(request));
  }

  /** Runs a handler, and notes that it is alive, and whether it was interrupted. */
  BatchGetResponse noted(Supplier<BatchGetResponse> work) {
    alive.incrementAndGet();
    arrived.incrementAndGet();
    try {
      return work.get();
    } finally {
      if (Thread.currentThread().isInterrupted()) {
        interrupted.set(true);
      }
      alive.decrementAndGet();
    }
  }

  UserServiceBlockingStub stub(String from, String to) {
    var clients = new Clients(new Caller(from, "default"), directory, governance);
    open.add(clients);
    var stub = UserServiceGrpc.newBlockingStub(clients.channel(to));
    Awaitility.await().until(() -> clients.isReady(to));
    return stub;
  }

  /** One more instance of a service. */
  void serve(String name, String id, Users users, Transport transport) throws IOException {
    var server =
        new GovernedServer(
            new Caller(name, "default"), transport.address(), List.of(users), governance, false);
    open.add(server);
    directory.register(new Instance(id, name, "default", server.start(), Instance.DEFAULT_WEIGHT));
  }

  @Override
  public void close() {
    for (AutoCloseable each : open.reversed()) {
      try {
        each.close();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
