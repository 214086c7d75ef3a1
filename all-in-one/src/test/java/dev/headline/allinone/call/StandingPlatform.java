package dev.headline.allinone.call;

import dev.headline.allinone.platform.ProcessState;
import dev.headline.allinone.platform.State;
import dev.headline.rpc.Caller;
import dev.headline.rpc.Governance;
import dev.headline.rpc.RequestContext;
import dev.headline.rpc.RpcCode;
import dev.headline.rpc.RpcException;
import dev.headline.rpc.discovery.Address;
import dev.headline.rpc.policy.PolicyTable;
import dev.headline.rpc.server.GovernedServer;
import dev.headline.rpc.telemetry.RpcMeters;
import dev.headline.user.v1.BatchGetRequest;
import dev.headline.user.v1.BatchGetResponse;
import dev.headline.user.v1.User;
import dev.headline.user.v1.UserServiceGrpc.UserServiceImplBase;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * A platform of one user service, written down as one that runs. The service answers with a user of
 * each id, named after who calls.
 */
final class StandingPlatform implements AutoCloseable {

  /** The id of a user whom nobody hears of before the call is over. */
  static final long NEVER = 999;

  private final Path folder;
  private final GovernedServer server =
      new GovernedServer(
          new Caller("user-service", "default"),
          new Address.Tcp("127.0.0.1", 0),
          List.of(new Users()),
          Governance.of(PolicyTable.DEFAULT, new RpcMeters(new SimpleMeterRegistry())),
          false);

  /**
   * @param folder where it is written down
   */
  StandingPlatform(Path folder) throws IOException {
    this.folder = folder;
    String stat = Files.readString(Path.of("/proc/self/stat"));
    write(
        server.start().toString(),
        Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[19]));
  }

  /** Writes it down as one whose process has ended. */
  void writeAsEnded() throws IOException {
    write("tcp://127.0.0.1:1", 1);
  }

  private void write(String door, long startTicks) throws IOException {
    long pid = ProcessHandle.current().pid();
    var process =
        new ProcessState(
            "user-service-1", "user-service", "default", pid, startTicks, door, door, "", "");
    var state = new State(pid, "", "", "consul", "", "", List.of(process));
    Files.write(folder.resolve("state.json"), JsonMapper.shared().writeValueAsBytes(state));
  }

  @Override
  public void close() {
    server.close();
  }

  private static void untilCancelled() {
    var over = new CountDownLatch(1);
    try (var _ = RequestContext.current().onCancel(over::countDown)) {
      over.await(15, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nothing here may be interrupted", e);
    }
    throw RequestContext.current().failure();
  }

  private static final class Users extends UserServiceImplBase {

    @Override
    public void batchGet(BatchGetRequest request, StreamObserver<BatchGetResponse> observer) {
      var reply = BatchGetResponse.newBuilder();
      for (long id : request.getIdsList()) {
        if (id < 0) {
          throw new RpcException(RpcCode.INVALID_ARGUMENT, "An id is positive");
        }
        if (id == NEVER) {
          untilCancelled();
        }
        String caller = RequestContext.current().caller().service();
        var metadata = RequestContext.current().origin().baggage().persistent();
        reply.addUsers(
            User.newBuilder()
                .setId(id)
                .setHandle(caller)
                .setDisplayName(metadata.isEmpty() ? "" : new TreeMap<>(metadata).toString()));
      }
      observer.onNext(reply.build());
      observer.onCompleted();
    }
  }
}
