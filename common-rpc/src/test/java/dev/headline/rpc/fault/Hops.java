package dev.headline.rpc.fault;

import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.discovery.Directory;
import dev.headline.rpc.discovery.Instance;
import dev.headline.rpc.discovery.LocalDirectory;
import dev.headline.rpc.policy.CallPolicy;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Two services in front of a backend, so that a call has three hops: each asks the next one, and
 * fails as that fails. Both live in this JVM and listen on TCP.
 */
final class Hops implements AutoCloseable {

  private final Hop last;
  private final Hop middle;
  private final UserClient first;

  Hops(Directory backend, CallPolicy policy) throws IOException {
    last = new Hop("third-service", backend, policy);
    middle = new Hop("second-service", last.directory, policy);
    first = new UserClient(middle.directory, policy);
  }

  /** Whoever makes the first of the three calls. */
  UserClient first() {
    return first;
  }

  /** Attempts that a service made anew for a request which had been sent anew before. */
  long retriesOfRetries() {
    return last.retriesOfRetries.sum() + middle.retriesOfRetries.sum();
  }

  @Override
  public void close() {
    first.close();
    middle.close();
    last.close();
  }

  private static final class Hop extends UserServiceGrpc.UserServiceImplBase
      implements AutoCloseable {

    private final LocalDirectory directory = LocalDirectory.alone();
    private final LongAdder retriesOfRetries = new LongAdder();
    private final AtomicLong number = new AtomicLong();
    private final Set<Long> sentAgain = ConcurrentHashMap.newKeySet();
    private final UserClient next;
    private final GovernedServer server;

    Hop(String name, Directory downstream, CallPolicy policy) throws IOException {
      Caller self = new Caller(name, "default");
      next = new UserClient(self, downstream, policy);
      var governance =
          Governance.of(
              new PolicyTable(policy, List.of()), new RpcMeters(new SimpleMeterRegistry()));
      Address any = new Address.Tcp("127.0.0.1", 0);
      server = new GovernedServer(self, any, List.of(this), governance, false);
      var _ =
          directory.register(
              new Instance(
                  name, Fleet.SERVICE, "default", server.start(), Instance.DEFAULT_WEIGHT));
    }

    @Override
    public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
      long asked = request.getIds(0);
      if (asked < 0 && !sentAgain.add(asked)) {
        retriesOfRetries.increment();
      }
      // A number below zero says that somebody on the way has sent the request again already.
      boolean retried = RequestContext.current().origin().retried();
      String instance = next.ask(retried ? -number.incrementAndGet() : 1);
      observer.onNext(
          BatchGetResponse.newBuilder()
              .addUsers(User.newBuilder().setDisplayName(instance))
              .build());
      observer.onCompleted();
    }

    @Override
    public void close() {
      server.close();
      next.close();
    }
  }
}
