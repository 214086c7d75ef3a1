package dev.headline.rpc.client;

import com.sun.management.ThreadMXBean;
import dev.headline.rpc.Call;
import dev.headline.rpc.CallKey;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Endpoint;
import dev.headline.rpc.Governance;
import dev.headline.rpc.Middleware;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.Target;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.awaitility.Awaitility;

/**
 * The client chain with nothing sent at its end. Its one instance is connected, so that a pick
 * finds what it finds in service.
 */
final class ChainAlone implements AutoCloseable {

  private static final int BATCH = 2_000;
  private static final long LEAST_NANOS = 1_000_000_000;

  /** So many batches in a row that are no better than the best: it gets no better. */
  private static final int STABLE = 15;

  private static final Caller GATEWAY = new Caller("gateway", "default");
  private static final CallKey KEY =
      new CallKey("gateway", "default", "user-service", "default", "BatchGet");
  private static final BatchGetRequest QUESTION = BatchGetRequest.newBuilder().addIds(1).build();
  private static final Endpoint ANSWER = new AnswerAtOnce();

  private final Governance governance;
  private final Server server;
  private final Connections connections = new Connections("user-service");
  private final ClientStack stack;

  ChainAlone(CallPolicy policy) throws IOException {
    governance =
        Governance.of(new PolicyTable(policy, List.of()), new RpcMeters(new SimpleMeterRegistry()));
    server = InProcessServerBuilder.forName("chain-alone").directExecutor().build().start();
    connections.update(
        List.of(
            new Instance(
                "user-service-1",
                "user-service",
                "default",
                new Address.InProcess("chain-alone"),
                Instance.DEFAULT_WEIGHT)));
    Awaitility.await().until(() -> connections.isReady("default"));
    stack =
        new ClientStack(
            new Callee(
                KEY,
                UserServiceGrpc.getBatchGetMethod(),
                connections,
                new StampHeaders(GATEWAY),
                governance.decisions(),
                governance),
            _ -> ANSWER);
  }

  /** What a call by a generated stub allocates, in bytes. */
  long stubAndChain() {
    var route = new Route(governance.policies(), "default", new Random(1), _ -> stack);
    var stub = UserServiceGrpc.newBlockingStub(new GovernedChannel("user-service", _ -> route));
    return bytesPerCall(() -> stub.batchGet(QUESTION));
  }

  /** The links, outermost first. */
  List<Middleware> links() {
    return stack.compose(governance.policies().current()).links();
  }

  /** What a call allocates that passes the first so many links and no other, in bytes. */
  long links(int count) {
    Endpoint chain = Middleware.chain(links().subList(0, count), ANSWER);
    Target target = stack.compose(governance.policies().current()).target();
    return bytesPerCall(
        () ->
            chain.invoke(
                new Call<>(UserServiceGrpc.getBatchGetMethod(), QUESTION, target, new Metadata())));
  }

  /**
   * The least of many batches: the first ones run in code that is not compiled yet, and what other
   * threads allocate meanwhile counts too, because a link may use one.
   */
  private static long bytesPerCall(Runnable call) {
    try (var scope = RequestContext.open(GATEWAY, Duration.ofMinutes(5))) {
      return scope.context().call(() -> least(call));
    }
  }

  private static long least(Runnable call) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    int since = 0;
    long start = System.nanoTime();
    while (since < STABLE || System.nanoTime() - start < LEAST_NANOS) {
      long before = threads.getTotalThreadAllocatedBytes();
      for (int i = 0; i < BATCH; i++) {
        call.run();
      }
      long bytes = (threads.getTotalThreadAllocatedBytes() - before) / BATCH;
      since = bytes < least ? 0 : since + 1;
      least = Math.min(least, bytes);
    }
    return least;
  }

  @Override
  public void close() {
    connections.close();
    server.shutdownNow();
  }

  private static final class AnswerAtOnce implements Endpoint {

    // It is asked for nothing else.
    @Override
    @SuppressWarnings("unchecked")
    public <Q, R> R invoke(Call<Q, R> call) {
      return (R) BatchGetResponse.getDefaultInstance();
    }
  }
}
